import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { CommandEnd, exitStatus } from './exit-status.ts';
import { type OwnerLock, takeOwnership } from './store/owner-lock.ts';

/** Makes the data directory with mode 0700 where it is missing, and closes it to others. */
export function ensureDataDir(dataDir: string): string {
  const absolute = path.resolve(dataDir);
  try {
    mkdirSync(absolute, { recursive: true, mode: 0o700 });
    chmodSync(absolute, 0o700);
  } catch (error) {
    throw new CommandEnd(
      exitStatus.setUp,
      `The data directory ${absolute} cannot be used: ${(error as Error).message}. ` +
        'Name another one with --data or RUADMAP_DATA, or change its owner.',
    );
  }
  return absolute;
}

/** The right to write, or null where another process has it. */
export function own(dataDir: string): { lock: OwnerLock | null; ownerPid: number | null } {
  const lock = takeOwnership(dataDir, process.pid);
  return lock.ok ? { lock: lock.value, ownerPid: null } : { lock: null, ownerPid: lock.problem };
}

export function anotherOwner(dataDir: string, pid: number | null): CommandEnd {
  const who = pid === null ? 'Another process' : `Process ${pid}`;
  return new CommandEnd(
    exitStatus.anotherOwner,
    `${who} is writing to ${dataDir}. Wait until it is done, stop it, or name another folder with --data.`,
  );
}
