import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateReports } from '../generate/reports.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { dovecot, isMissing, strace } from '../parts.ts';
import { ruadmapJson, type RunningProgram, temporaryDir } from '../program.ts';
import { databaseDigest } from './database-digest.ts';
import {
  expectPageAlive,
  healthOf,
  ingestPid,
  isRoot,
  type MailedReports,
  mailReports,
  serveMailbox,
  smallDisk,
  until,
  untilAttention,
  untilRead,
} from './storage-rig.ts';

/** More than two transactions hold: a fault can come between the first report and the last. */
const REPORTS = 2_500;
const CASE_MS = 150_000;
const [DISKS, FAILURES, LOCKS] = [40, 10, 10];
/** Less than the empty database needs. */
const LEAST_ROOM_BYTES = 150_000;
/** More than the empty database needs, and less than its first transaction. */
const LEAST_FILE_BYTES = 300_000;

let mailed: MailedReports;
let golden: string;
/** Nearly what all the mails need in one file. */
let mostBytes: number;

/** The n-th of so many sizes, evenly from the least to the most. */
const sizeOf = (leastBytes: number, index: number, count: number): number =>
  Math.round(leastBytes + (index * (mostBytes - leastBytes)) / (count - 1));

/** Runs one case with a data directory and, at its end, compares all that is stored. */
async function afterFault(
  dataDir: string,
  program: RunningProgram,
  fault: () => Promise<void>,
): Promise<void> {
  try {
    await fault();
    await untilRead(program);
    expect((await healthOf(program)).attention).toEqual([]);
    expect((await healthOf(program)).ingest.restarts).toBe(0);
  } finally {
    await program.stop();
  }
  expect(databaseDigest(dataDir)).toBe(golden);
}

/** Evenly spread, from the first to the last also in a share. */
const spread = (count: number, full: number): number[] =>
  Array.from({ length: count }, (_, index) =>
    count === 1 ? Math.floor(full / 2) : Math.round((index * (full - 1)) / (count - 1)),
  );

describe.skipIf(isMissing(dovecot))('a store that cannot write', () => {
  beforeAll(async () => {
    mailed = await mailReports(REPORTS, longRunSeed);
    const { dir, remove } = temporaryDir();
    const program = await serveMailbox(dir, mailed);
    await untilRead(program);
    await program.stop();
    golden = databaseDigest(dir);
    mostBytes = Math.floor(0.95 * statSync(path.join(dir, 'ruadmap.db')).size);
    remove();
  });
  afterAll(() => mailed.stop());

  test.skipIf(!isRoot())(
    'S03: pauses on a full disk in words, shows what it has, and goes on when there is room',
    async () => {
      const counts = { paused: 0, ended: 0 };
      const cases = spread(inFullOrShare(DISKS, 3), DISKS);
      for (const index of cases) {
        counts[await fillDisk(sizeOf(LEAST_ROOM_BYTES, index, DISKS))] += 1;
      }
      printFigure({
        figure: 'disk full',
        n: cases.length,
        of: cases.length,
        full: DISKS,
        ...counts,
      });
    },
    DISKS * CASE_MS,
  );

  test(
    'S04: pauses when the system fails to write, and goes on when it can',
    async () => {
      const failures = await everyFailure();
      const cases = spread(inFullOrShare(FAILURES, 2), FAILURES);
      for (const index of cases) await failures[index]?.();
      printFigure({ figure: 'write errors', n: cases.length, of: cases.length, full: FAILURES });
    },
    FAILURES * CASE_MS,
  );

  test(
    'S05: waits for a lock longer than its own time-out, and says so',
    async () => {
      const cases = spread(inFullOrShare(LOCKS, 1), LOCKS);
      // A lock is mostly waited for: several at once cost no more time than one.
      for (let from = 0; from < cases.length; from += 5) {
        await Promise.all(cases.slice(from, from + 5).map(heldBack));
      }
      printFigure({ figure: 'locks', n: cases.length, of: cases.length, full: LOCKS });
    },
    LOCKS * CASE_MS,
  );

  test(
    'keeps an upload that came while it could not write',
    async () => {
      const { dir, remove } = temporaryDir();
      await ruadmapJson(['totals', '--data', dir]);
      const release = lock(dir);
      const program = await serveMailbox(dir, mailed);
      const [upload] = generateReports({ seed: longRunSeed + 1, reports: 1, domains: 1 });
      const answer = await fetch(`${program.url}api/imports/report.gz`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array(upload?.packed ?? []),
      });
      expect(answer.status).toBe(202);
      await untilAttention(program, /keeps the database locked/);
      release();
      await untilRead(program);
      const counted = () => ruadmapJson<{ reports: number }>(['totals', '--data', dir]);
      await until(counted, ({ reports }) => reports === REPORTS + 1);
      await program.stop();
      remove();
    },
    CASE_MS,
  );
});

async function fillDisk(room: number): Promise<'paused' | 'ended'> {
  const disk = smallDisk(room);
  const dataDir = path.join(disk.dir, 'data');
  try {
    const started = await serveMailbox(dataDir, mailed).catch((error: unknown) => String(error));
    const outcome = typeof started === 'string' ? 'ended' : 'paused';
    if (typeof started === 'string') {
      expect(started).toMatch(/ended with 78: ruadmap: .*(full|no space)/i);
      disk.free();
    }
    const program = typeof started === 'string' ? await serveMailbox(dataDir, mailed) : started;
    await afterFault(dataDir, program, async () => {
      if (outcome === 'ended') return;
      await untilAttention(program, /The disk is full/);
      await expectPageAlive(program);
      disk.free();
    });
    return outcome;
  } finally {
    disk.remove();
  }
}

/** Sizes that no file may pass, and failing calls where a process may be traced. */
async function everyFailure(): Promise<(() => Promise<void>)[]> {
  const limited = Array.from(
    { length: FAILURES },
    (_, index) => () => failBeyond(sizeOf(LEAST_FILE_BYTES, index, FAILURES)),
  );
  if (!isRoot() || isMissing(strace)) return limited;
  const calls = ['pwrite64', 'fsync,fdatasync'].flatMap((call) =>
    [1, 3, 6].map((first) => () => failCalls(call, first)),
  );
  return [...calls.slice(0, 5), ...limited.filter((_, index) => index % 2 === 0)];
}

async function failBeyond(fileBytes: number): Promise<void> {
  const { dir, remove } = temporaryDir();
  await ruadmapJson(['totals', '--data', dir]);
  const program = await serveMailbox(dir, mailed, ['prlimit', `--fsize=${fileBytes}:unlimited`]);
  await afterFault(dir, program, async () => {
    await untilAttention(program, /could not read or write the database/);
    await expectPageAlive(program);
    const pid = await ingestPid(program);
    execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited']);
  });
  remove();
}

/** From its n-th call on, the ingest process is told EIO, and the call is not made. */
async function failCalls(call: string, first: number): Promise<void> {
  const { dir, remove } = temporaryDir();
  await ruadmapJson(['totals', '--data', dir]);
  // Nothing is read before the tracer is there.
  const release = lock(dir);
  const program = await serveMailbox(dir, mailed);
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:error=EIO:when=${first}+`];
  const pid = String(await ingestPid(program));
  const tracer = spawn(strace.path ?? '', ['-f', '-o', '/dev/null', ...inject, '-p', pid]);
  await once(tracer.stderr, 'data');
  release();
  await afterFault(dir, program, async () => {
    await untilAttention(program, /could not read or write the database/);
    await expectPageAlive(program);
    const ended = once(tracer, 'exit');
    // It lets go of what it traces.
    tracer.kill('SIGINT');
    await ended;
  });
  remove();
}

/** Takes the write lock, as a backup tool or a forgotten shell does. */
function lock(dataDir: string): () => void {
  const other = new Database(path.join(dataDir, 'ruadmap.db'), { timeout: 20_000 });
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('COMMIT');
    other.close();
  };
}

/** As soon as some reports are stored, and before all are. */
async function lockWhenStored(dataDir: string): Promise<() => void> {
  const reader = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  const stored = reader.prepare<[], number>('SELECT count(*) FROM report').pluck();
  while (stored.get() === 0) await sleep(5);
  const release = lock(dataDir);
  expect(stored.get()).toBeLessThan(REPORTS);
  reader.close();
  return release;
}

/** Locked before anything is read, or when some reports are stored. */
async function heldBack(index: number): Promise<void> {
  const { dir, remove } = temporaryDir();
  await ruadmapJson(['totals', '--data', dir]);
  const fromStart = index % 2 === 0 ? lock(dir) : null;
  const program = await serveMailbox(dir, mailed);
  await afterFault(dir, program, async () => {
    const release = fromStart ?? (await lockWhenStored(dir));
    await untilAttention(program, /Another process keeps the database locked/);
    await expectPageAlive(program);
    release();
  });
  remove();
}
