import { anotherOwner, own } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { StoreProblem, type StoreProblemCode } from '../store/store-problem.ts';

const REFUSED: readonly StoreProblemCode[] = [
  'damaged',
  'missing',
  'newer-schema',
  'migration-changed',
  'foreign',
];

/** Does work that only the owner of a data directory may do. @throws CommandEnd 69 where it has one */
export function asOwner<T>(dataDir: string, work: () => T): T {
  const { lock, ownerPid } = own(dataDir);
  if (lock === null) throw anotherOwner(dataDir, ownerPid);
  try {
    return inWords(work);
  } finally {
    lock.release();
  }
}

/** Runs `work`; what is wrong with the store or its files ends the command in words. */
export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw endOf(error);
  }
}

export function endOf(error: unknown): unknown {
  if (error instanceof StoreProblem) {
    const status = REFUSED.includes(error.code) ? exitStatus.storeRefused : exitStatus.setUp;
    return new CommandEnd(status, error.message);
  }
  const { syscall, message } = error as NodeJS.ErrnoException;
  return syscall === undefined
    ? error
    : new CommandEnd(
        exitStatus.setUp,
        `${message}. Look at the owner, mode and room of its folder.`,
      );
}
