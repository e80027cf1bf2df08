import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

interface Owner {
  uid: number;
  gid: number;
}

/** A folder of a mailbox as it lies on disk; tests deliver into it and look for traces in it. */
export interface Maildir {
  /** Delivers one mail, as a mail server would: it appears in `new`. Returns its file name. */
  deliver(mail: Buffer): string;
  /** A folder below this one, by its name on disk (modified UTF-7), with '.' as delimiter. */
  subfolder(nameOnDisk: string): Maildir;
  /** Expunges behind the server's back. */
  remove(name: string): void;
  /** Another client's MOVE into a folder beside this one. */
  move(name: string, folder: string): void;
  /** As after a restore from a backup: the UIDs from this one on are given out again, UIDVALIDITY stays. */
  rewindUids(nextUid: number): void;
  /** As a server whose clock stood then when it received them: their INTERNALDATE. */
  dated(received: Date): void;
  /** Sets a flag as another client would, by its letter on disk. */
  flag(place: string, letter: string): void;
  /** What the account may do in the folder, as letters of RFC 4314; for a server that heeds it. */
  allow(rights: string): void;
  /** Gives the folder a new UIDVALIDITY at the next look; no session may be open. */
  forgetUids(): void;
  /** Every mail with its folder (new or cur), its name with flags, and its bytes. */
  contents(): { place: string; bytes: Buffer }[];
}

let delivered = 0;

export function openMaildir(dir: string, owner: Owner): Maildir {
  const own = (...paths: string[]): void => {
    if (process.getuid?.() === 0) for (const each of paths) chownSync(each, owner.uid, owner.gid);
  };
  const ensure = (): void => {
    if (existsSync(path.join(dir, 'new'))) return;
    const folders = ['new', 'cur', 'tmp'].map((name) => path.join(dir, name));
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    own(path.dirname(dir), dir, ...folders);
  };
  const fileOf = (name: string): string => {
    const place = ['new', 'cur'].find((each) =>
      readdirSync(path.join(dir, each)).some((file) => file.startsWith(name)),
    );
    const folder = path.join(dir, place ?? 'new');
    const file = readdirSync(folder).find((each) => each.startsWith(name)) ?? name;
    return path.join(folder, file);
  };
  return {
    deliver: (mail) => {
      ensure();
      delivered += 1;
      const name = `${1_700_000_000 + delivered}.${process.pid}_${delivered}.test`;
      const draft = path.join(dir, 'tmp', name);
      writeFileSync(draft, mail);
      own(draft);
      renameSync(draft, path.join(dir, 'new', name));
      return name;
    },
    subfolder: (nameOnDisk) => openMaildir(path.join(dir, `.${nameOnDisk}`), owner),
    remove: (name) => rmSync(fileOf(name)),
    move: (name, folder) => {
      const target = path.join(path.dirname(dir), `.${folder}`);
      const folders = ['new', 'cur', 'tmp'].map((each) => path.join(target, each));
      for (const each of folders) mkdirSync(each, { recursive: true });
      own(target, ...folders);
      renameSync(fileOf(name), path.join(target, 'new', name));
    },
    rewindUids: (nextUid) => {
      const list = path.join(dir, 'dovecot-uidlist');
      const [header = '', ...lines] = readFileSync(list, 'utf8').split('\n');
      const kept = lines.filter((line) => Number(line.split(' ')[0]) < nextUid && line !== '');
      const rewound = [header.replace(/ N\d+ /, ` N${nextUid} `), ...kept, ''].join('\n');
      for (const file of readdirSync(dir)) {
        if (file.startsWith('dovecot.index')) rmSync(path.join(dir, file));
      }
      writeFileSync(list, rewound);
    },
    dated: (received) => {
      for (const file of readdirSync(path.join(dir, 'new'))) {
        utimesSync(path.join(dir, 'new', file), received, received);
      }
    },
    flag: (place, letter) => {
      const [name = '', flags = ''] = path.basename(place).split(':2,');
      const marked = `${name}:2,${Array.from(flags + letter)
        .sort()
        .join('')}`;
      renameSync(fileOf(name), path.join(dir, 'cur', marked));
    },
    allow: (rights) => {
      const file = path.join(dir, 'dovecot-acl');
      writeFileSync(file, `owner ${rights}\n`);
      own(file);
    },
    forgetUids: () => {
      for (const file of readdirSync(dir)) {
        if (file.startsWith('dovecot')) rmSync(path.join(dir, file), { recursive: true });
      }
    },
    contents: () =>
      ['new', 'cur'].flatMap((place) =>
        !existsSync(path.join(dir, place))
          ? []
          : readdirSync(path.join(dir, place))
              .sort()
              .map((file) => ({
                place: `${place}/${file}`,
                bytes: readFileSync(path.join(dir, place, file)),
              })),
      ),
  };
}
