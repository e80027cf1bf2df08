import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { PASSWORD, USER } from '../imap/polling.ts';
import { reportFile } from '../imap/report-files.ts';
import { inFullOrShare, printFigure } from '../long-run.ts';
import { dovecot, isMissing, strace } from '../parts.ts';
import { projectDir, temporaryDir } from '../program.ts';
import { callOrder } from './call-order.ts';

const FULL = 1000;
const MAILS = inFullOrShare(FULL, 60);
const CONTROL_MAILS = inFullOrShare(200, 40);
const FIRST_SERIAL = 10_000;
const TRACED = 'write,writev,pwrite64,pwritev,sendto,sendmsg,fdatasync,fsync';
const WAIT_SECONDS = 300;

let server: Dovecot;
let folders = 0;

function fillFolder(mails: number): string {
  folders += 1;
  const folder = `Reports${folders}`;
  const maildir = server.maildir(USER).subfolder(folder);
  for (let index = 0; index < mails; index += 1) {
    maildir.deliver(REPORT_FORMS.multipart(reportFile(FIRST_SERIAL + index)));
    if (index % 10 === 0) maildir.deliver(ordinaryMail(index));
  }
  return folder;
}

/** What the program did, and which report each mail brought. */
interface Traced {
  log: string[];
  serialOf: Map<number, string>;
  done: number;
}

/** The program under strace, until it has seen to all mails of one folder. */
async function traced(root: string, command: string, after: string, mails: number) {
  const work = temporaryDir();
  onTestFinished(() => work.remove());
  const folder = fillFolder(mails);
  const dataDir = path.join(work.dir, 'data');
  const log = path.join(work.dir, 'calls');
  const entry = path.join(root, 'dist/server/main.js');
  const args = command === 'serve' ? ['serve', '--port', '0'] : [command];
  const child = spawn(
    strace.path ?? '',
    [
      ...['-f', '-y', '-s', '5000', '-e', `trace=${TRACED}`, '-o', log],
      ...[process.execPath, entry, ...args, '--data', dataDir],
    ],
    {
      cwd: tmpdir(),
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'] ?? '',
        RUADMAP_RESOLVER: 'off',
        RUADMAP_IMAP_URL: `imap://${USER}@127.0.0.1:${server.port}/${folder}`,
        RUADMAP_IMAP_PASSWORD: PASSWORD,
        RUADMAP_IMAP_AFTER: after,
      },
    },
  );
  await untilDone(child, path.join(dataDir, 'ruadmap.db'), mails);
  return readBack(log, path.join(dataDir, 'ruadmap.db'));
}

async function untilDone(child: ChildProcess, file: string, mails: number): Promise<void> {
  const ended = once(child, 'exit');
  for (let wait = 0; wait < WAIT_SECONDS * 5 && child.exitCode === null; wait += 1) {
    if (doneIn(file) === mails) break;
    await sleep(200);
  }
  // strace itself would not hand it on.
  if (child.exitCode === null) process.kill(programOf(child), 'SIGTERM');
  await ended;
}

const programOf = ({ pid = 0 }: ChildProcess): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]);

function doneIn(file: string): number {
  try {
    return (
      query<{ done: number }>(
        file,
        "SELECT count(*) AS done FROM after_action WHERE state = 'done'",
      )[0]?.done ?? 0
    );
  } catch {
    // It is not there yet.
    return 0;
  }
}

function query<T>(file: string, sql: string): T[] {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

function readBack(log: string, file: string): Traced {
  const rows = query<{ uid: number; reportId: string }>(
    file,
    `SELECT m.uid, r.report_id AS reportId
     FROM document AS d JOIN message AS m ON m.id = d.message_id JOIN report AS r ON r.id = d.report_id`,
  );
  return {
    log: readFileSync(log, 'latin1').split('\n'),
    serialOf: new Map(rows.map(({ uid, reportId }) => [uid, reportId])),
    done: doneIn(file),
  };
}

/** The built program with another word where it asks that a commit waits for the disk. */
function withoutFullSync(): string {
  const work = temporaryDir();
  onTestFinished(() => work.remove());
  const root = path.join(work.dir, 'program');
  mkdirSync(root);
  cpSync(path.join(projectDir, 'dist'), path.join(root, 'dist'), { recursive: true });
  for (const name of ['package.json', 'migrations', 'node_modules']) {
    symlinkSync(path.join(projectDir, name), path.join(root, name));
  }
  const file = path.join(root, 'dist/server/store/connection.js');
  const text = readFileSync(file, 'utf8');
  const patched = text.replace("'synchronous = FULL'", "'synchronous = NORMAL'");
  expect(patched).not.toBe(text);
  writeFileSync(file, patched);
  return root;
}

describe.skipIf([dovecot, strace].some(isMissing))(
  'S02: a report is durable before its mail',
  () => {
    beforeAll(async () => {
      server = await startDovecot({ [USER]: PASSWORD });
    });
    afterAll(() => server.stop());

    const cases = [
      ['moved', 'move-create:Done', 'poll'],
      ['marked', 'mark', 'serve'],
    ] as const;
    for (const [what, after, command] of cases) {
      test(`is ${what}: of ${MAILS} mails, none before`, async () => {
        const { log, serialOf, done } = await traced(projectDir, command, after, MAILS);
        const { changed, tooEarly } = callOrder(log, serialOf);
        expect(tooEarly.slice(0, 3)).toEqual([]);
        expect([done, new Set(changed).size, changed.length]).toEqual([MAILS, MAILS, MAILS]);
        printFigure({
          figure: `${what} before durable`,
          n: tooEarly.length,
          of: MAILS,
          full: FULL,
        });
      }, 600_000);

      test(`is ${what}: a program that does not wait for the disk is caught`, async () => {
        const { log, serialOf } = await traced(withoutFullSync(), command, after, CONTROL_MAILS);
        const { changed, tooEarly } = callOrder(log, serialOf);
        expect(new Set(changed).size).toBe(CONTROL_MAILS);
        expect(new Set(tooEarly.map(({ uid }) => uid)).size).toBe(CONTROL_MAILS);
        expect(tooEarly.every(({ why }) => why === 'not synced')).toBe(true);
      }, 600_000);
    }
  },
);

describe('the order of calls', () => {
  const write = (mark: string): string => `7 pwrite64(21</d/ruadmap.db-wal>, "${mark}", 9, 32) = 9`;
  const SYNC = '7 fdatasync(21</d/ruadmap.db-wal>)  = 0';
  const MOVE = '7 write(25<socket:[1]>, "1A UID MOVE 1:2 Done\\r\\n", 22) = 22';
  const marks = new Map([
    [1, 'serial-10001'],
    [2, 'serial-10002'],
  ]);
  const both = write('serial-10001 serial-10002');

  test.each<[string, string[], string[]]>([
    ['right where all is synced', [both, SYNC, MOVE], []],
    ['wrong without a sync', [both, MOVE], ['1 not synced', '2 not synced']],
    ['wrong before the write', [SYNC, MOVE, both], ['1 not written', '2 not written']],
    ['wrong for a mail that comes later', [write('serial-10001'), SYNC, MOVE], ['2 not written']],
    [
      'wrong where the last commit waits',
      [both, SYNC, write('x'), MOVE],
      ['1 not synced', '2 not synced'],
    ],
    [
      'wrong where the sync failed',
      [both, SYNC.replace('= 0', '= -1 EIO'), MOVE],
      ['1 not synced', '2 not synced'],
    ],
    [
      'wrong where it has not ended',
      [both, '7 fdatasync(21</d/ruadmap.db-wal> <unfinished ...>', MOVE],
      ['1 not synced', '2 not synced'],
    ],
    [
      'right once it has',
      [
        both,
        '7 fdatasync(21</d/ruadmap.db-wal> <unfinished ...>',
        '7 <... fdatasync resumed>) = 0',
        MOVE,
      ],
      [],
    ],
    [
      'wrong where another file was synced',
      [both, SYNC.replace('-wal', ''), MOVE],
      ['1 not synced', '2 not synced'],
    ],
  ])('is %s', (_, log, expected) => {
    const { changed, tooEarly } = callOrder(log, marks);
    expect(changed).toEqual([1, 2]);
    expect(tooEarly.map(({ uid, why }) => `${uid} ${why}`)).toEqual(expected);
  });
});
