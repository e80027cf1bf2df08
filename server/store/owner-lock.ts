import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { bad, ok, type Result } from '../../ingest/result.ts';
import { problemOf, StoreProblem } from './store-problem.ts';

/** The right to write to one data directory, held until released or the process ends. */
export interface OwnerLock {
  release(): void;
}

/**
 * Takes the data directory for this process. The lock is SQLite's own, on a file beside the database:
 * the system lets go of it however the process ends, so that a killed owner never blocks the next.
 * The owner's pid stands in `owner.pid`, for people.
 * @returns the pid of the owner, null where it can't be read, if there is one already.
 * @throws StoreProblem where the directory takes no lock.
 */
export function takeOwnership(dataDir: string, pid: number): Result<OwnerLock, number | null> {
  const lockFile = path.join(dataDir, 'owner.lock');
  const pidFile = path.join(dataDir, 'owner.pid');
  let database: Database.Database | null = null;
  try {
    database = new Database(lockFile, { timeout: 0 });
    chmodSync(lockFile, 0o600);
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${pid}\n`, { mode: 0o600 });
  } catch (error) {
    database?.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return bad(readPid(pidFile));
    throw notLocked(lockFile, error);
  }
  const held = database;
  return ok({
    release: () => {
      held.close();
    },
  });
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function notLocked(lockFile: string, error: unknown): unknown {
  const problem = problemOf(error);
  if (problem === null) return error;
  const { message } = error as Error;
  const detail = `${lockFile} cannot be made or locked (${message}). Look at the owner and mode of its folder, and at the room and inodes left on its disk.`;
  return new StoreProblem({ reason: problem.reason, detail }, error);
}
