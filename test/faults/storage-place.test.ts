import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing } from '../parts.ts';
import { programEntry, ruadmap, ruadmapJson, temporaryDir } from '../program.ts';
import { databaseDigest } from './database-digest.ts';
import {
  deliverReports,
  expectPageAlive,
  isRoot,
  killAll,
  type MailedReports,
  mailReports,
  serveMailbox,
  untilAttention,
  untilRead,
} from './storage-rig.ts';

const REPORTS = 1_200;
const BACKUPS = 10;
const CASE_MS = 120_000;

let work: ReturnType<typeof temporaryDir>;
beforeEach(() => {
  work = temporaryDir();
});
afterEach(() => work.remove());

describe('S07: a data directory that cannot be used', () => {
  /** What is there in its place, and how to take it away. */
  type Place = { dataDir: string; uid?: number; remove?: () => void };

  const tmpfs = (options: string): Place => {
    const dataDir = path.join(work.dir, 'data');
    mkdirSync(dataDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dataDir]);
    return { dataDir, remove: () => execFileSync('umount', ['-l', dataDir]) };
  };
  const readOnly = (): Place => {
    const place = tmpfs('size=4m');
    execFileSync('mount', ['-o', 'remount,ro', place.dataDir]);
    return place;
  };
  const aFile = (...below: string[]): Place => {
    const file = path.join(work.dir, 'file');
    writeFileSync(file, '');
    return { dataDir: path.join(file, ...below) };
  };
  /** Of root, for a user who is not. */
  const ofAnother = (): Place => {
    if (!isRoot()) return { dataDir: '/ruadmap-of-another-user' };
    chmodSync(work.dir, 0o755);
    const dataDir = path.join(work.dir, 'data');
    mkdirSync(dataDir, { mode: 0o755 });
    return { dataDir, uid: 65_534 };
  };

  const places: [about: string, make: () => Place, words: RegExp, needsRoot?: boolean][] = [
    ['on a read-only disk', readOnly, /read-only.*Name another one with --data/, true],
    ['on a disk without inodes', () => tmpfs('size=4m,nr_inodes=2'), /inodes left/, true],
    ['on a disk without room', () => tmpfs('size=16k'), /full/, true],
    ['of another user', ofAnother, /(EPERM|EACCES).*change its owner/],
    ['that is a file', () => aFile(), /EEXIST.*Name another one/],
    ['below a file', () => aFile('below'), /ENOTDIR.*Name another one/],
  ];
  for (const [about, make, words, needsRoot = false] of places) {
    test.skipIf(needsRoot && !isRoot())(`${about} ends every command in plain words`, async () => {
      const { dataDir, uid, remove } = make();
      try {
        for (const command of [['serve', '--port', '0'], ['totals'], ['import', projectFile]]) {
          const { status, stderr } = await runAs(uid, [...command, '--data', dataDir]);
          expect(stderr, about).toMatch(/^ruadmap: [^\n]*\n$/);
          expect(stderr).toMatch(words);
          expect(status).toBe(78);
        }
      } finally {
        remove?.();
      }
    });
  }

  test('that is not there yet is made, with its parents', async () => {
    const dataDir = path.join(work.dir, 'a', 'b', 'data');
    expect((await ruadmap(['totals', '--data', dataDir])).status).toBe(0);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });
});

const projectFile = path.join(import.meta.dirname, 'storage-place.test.ts');

function runAs(
  uid: number | undefined,
  args: readonly string[],
): Promise<{ status: unknown; stderr: string }> {
  const env = { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off' };
  const options = { env, cwd: tmpdir(), ...(uid === undefined ? {} : { uid, gid: uid }) };
  return new Promise((resolve) => {
    execFile(process.execPath, [programEntry, ...args], options, (error, _stdout, stderr) => {
      resolve({ status: error === null ? 0 : error.code, stderr });
    });
  });
}

describe.skipIf(isMissing(dovecot))('a database with a mailbox', () => {
  let mailed: MailedReports;
  let golden: string;
  beforeAll(async () => {
    mailed = await mailReports(REPORTS, longRunSeed);
    const { dir, remove } = temporaryDir();
    await readAll(dir);
    golden = databaseDigest(dir);
    remove();
  });
  afterAll(() => mailed.stop());

  /** Starts, reads every mail and stops. */
  async function readAll(dataDir: string): Promise<void> {
    const program = await serveMailbox(dataDir, mailed);
    await untilRead(program);
    await program.stop();
  }

  test(
    'S10: is backed up at a commit while mail is read; what is restored reads on to the same end',
    async () => {
      const times = inFullOrShare(BACKUPS, 2);
      let partly = 0;
      for (let time = 0; time < times; time += 1) {
        const [dataDir, restored] = [path.join(work.dir, 'data'), path.join(work.dir, 'restored')];
        const backup = path.join(work.dir, 'backup.db');
        const program = await serveMailbox(dataDir, mailed);
        await sleep(time * 200);
        await ruadmapJson(['backup', backup, '--data', dataDir]);
        await ruadmapJson(['restore', backup, '--data', restored]);
        const { reports } = await ruadmapJson<{ reports: number }>(['totals', '--data', restored]);
        if (reports > 0 && reports < REPORTS) partly += 1;
        await untilRead(program);
        await program.stop();
        expect(databaseDigest(dataDir)).toBe(golden);
        await readAll(restored);
        expect(databaseDigest(restored)).toBe(golden);
        for (const each of [dataDir, restored, backup]) rmSync(each, { recursive: true });
      }
      printFigure({ figure: 'backups while reading', n: times, of: times, full: BACKUPS, partly });
    },
    BACKUPS * CASE_MS,
  );

  const removals: [about: string, remove: (dataDir: string) => void][] = [
    ['the database', (dataDir) => rmSync(path.join(dataDir, 'ruadmap.db'))],
    ['its log', (dataDir) => rmSync(path.join(dataDir, 'ruadmap.db-wal'))],
    [
      'everything in the folder',
      (dataDir) => {
        for (const name of readdirSync(dataDir)) {
          rmSync(path.join(dataDir, name), { recursive: true });
        }
      },
    ],
    [
      'the database, and a copy put in its place,',
      (dataDir) => {
        const file = path.join(dataDir, 'ruadmap.db');
        copyFileSync(file, `${file}.copy`);
        rmSync(file);
        copyFileSync(`${file}.copy`, file);
      },
    ],
  ];
  test(
    'S11: says within a minute that it was removed while it runs, and comes back from a backup',
    async () => {
      const cases = removals.slice(0, inFullOrShare(removals.length, 2));
      await Promise.all(
        cases.map(async ([about, remove], index) => {
          const dataDir = path.join(work.dir, `data-${index}`);
          const backup = path.join(work.dir, `backup-${index}.db`);
          const program = await serveMailbox(dataDir, mailed);
          await untilRead(program);
          await ruadmapJson(['backup', backup, '--data', dataDir]);
          remove(dataDir);
          await untilAttention(program, /was removed or replaced while Ruadmap runs/, 60);
          await expectPageAlive(program);
          expect(await program.stop(), about).toBe(0);
          await ruadmapJson(['restore', backup, '--force', '--data', dataDir]);
          await readAll(dataDir);
          expect(databaseDigest(dataDir), about).toBe(golden);
        }),
      );
      const { length } = cases;
      printFigure({
        figure: 'removed while running',
        n: length,
        of: length,
        full: removals.length,
      });
    },
    removals.length * CASE_MS,
  );

  test(
    'S13: without its log reads again what was in it, and counts nothing twice',
    async () => {
      const dataDir = path.join(work.dir, 'data');
      const program = await serveMailbox(dataDir, mailed);
      await untilRead(program);
      await killAll(program);
      rmSync(path.join(dataDir, 'ruadmap.db-wal'));
      await readAll(dataDir);
      expect(databaseDigest(dataDir)).toBe(golden);
    },
    CASE_MS,
  );

  test(
    'S13: that is a week old reads what came since, and counts nothing twice',
    async () => {
      const [dataDir, old] = [path.join(work.dir, 'data'), path.join(work.dir, 'old.db')];
      const own = await mailReports(200, longRunSeed + 1);
      try {
        const first = await serveMailbox(dataDir, own);
        await untilRead(first);
        await ruadmapJson(['backup', old, '--data', dataDir]);
        await first.stop();
        deliverReports(own.server, 200, longRunSeed + 2);
        const second = await serveMailbox(dataDir, own);
        await untilRead(second);
        await second.stop();
        const whole = databaseDigest(dataDir);
        await ruadmapJson(['restore', old, '--force', '--data', dataDir]);
        expect(databaseDigest(dataDir)).not.toBe(whole);
        const third = await serveMailbox(dataDir, own);
        await untilRead(third);
        await third.stop();
        expect(databaseDigest(dataDir)).toBe(whole);
      } finally {
        await own.stop();
      }
    },
    CASE_MS,
  );
});
