import { isDeepStrictEqual } from 'node:util';
import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { endBackup } from './backup-end.ts';
import { type Connection, openForReading, openForWriting } from './connection.ts';
import { renameDurably } from './durable-file.ts';
import { examineStoreFile } from './examine.ts';
import { createTotalsQueries } from './read/totals.ts';
import type { Totals } from './store.ts';
import { storeFiles } from './store-files.ts';
import { problemOf, StoreProblem } from './store-problem.ts';

export interface BackupFacts {
  bytes: number;
  reports: number;
  messages: number;
}

const EVERYTHING = { domain: null, from: null, to: null };
/** A step reads for some milliseconds; the event loop turns between two. */
const PAGES_A_STEP = 4_096;

/**
 * Copies the store as it stands at one commit, while others write, into one file of mode 0600 that
 * gets its name only after it was checked against what was copied.
 * @throws StoreProblem; then there is no file, or the one that was there before.
 */
export async function backUpStore(options: {
  dataDir: string;
  migrationsDir: string;
  target: string;
  overwrite: boolean;
}): Promise<BackupFacts> {
  const { target, migrationsDir } = options;
  const part = `${target}.part`;
  try {
    dropPart(part);
    closeSync(openSync(part, 'wx', 0o600));
    const totals = await copyAtOneCommit(storeFiles(options.dataDir).database, part);
    checkCopy(part, migrationsDir, totals);
    endBackup(part);
    const { size: bytes } = statSync(part);
    if (!options.overwrite && existsSync(target)) {
      throw new StoreProblem({
        reason: 'unreadable',
        detail: `${target} was made by another program meanwhile.`,
      });
    }
    renameDurably(part, target);
    return { bytes, reports: totals.reports, messages: totals.tally.messages };
  } catch (error) {
    dropPart(part);
    const problem = problemOf(error);
    throw problem === null ? error : new StoreProblem(problem, error);
  }
}

function dropPart(part: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(part + suffix, { force: true });
}

/** The read transaction holds the copy to one commit, and keeps a busy writer from starting it over. */
async function copyAtOneCommit(database: string, part: string): Promise<Totals> {
  const source = openForReading(database);
  try {
    source.exec('BEGIN');
    const totals = totalsOf(source);
    await source.backup(part, { progress: () => PAGES_A_STEP });
    source.exec('COMMIT');
    return totals;
  } finally {
    source.close();
  }
}

function checkCopy(part: string, migrationsDir: string, expected: Totals): void {
  const copy = openForWriting(part);
  try {
    // One file without companions, which can be moved about.
    copy.pragma('journal_mode = DELETE');
    if (!isDeepStrictEqual(totalsOf(copy), expected)) {
      throw new StoreProblem({
        reason: 'damaged',
        detail: 'The copy does not add up to what was copied. Look at the disk, and try again.',
      });
    }
  } finally {
    copy.close();
  }
  const facts = examineStoreFile(part, migrationsDir, 'whole');
  if (!facts.ok) throw new StoreProblem(facts.problem);
}

const totalsOf = (database: Connection): Totals => createTotalsQueries(database).totals(EVERYTHING);
