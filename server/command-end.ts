import { CommandEnd, exitStatus } from './exit-status.ts';
import { StoreProblem, type StoreProblemCode } from './store/store-problem.ts';

const REFUSED: readonly StoreProblemCode[] = [
  'damaged',
  'missing',
  'newer-schema',
  'migration-changed',
  'foreign',
];

/** What an open file is refused for; of a file that is named, every error is one of files. */
const FILE_FAULTS: readonly (string | undefined)[] = ['EDQUOT', 'EFBIG', 'EIO', 'ENOSPC', 'EROFS'];

/**
 * How a command ends over this error: what is wrong with the store or its files in words, with the
 * status for it; anything else stays as it is.
 */
export function endOf(error: unknown): unknown {
  if (error instanceof StoreProblem) {
    const status = REFUSED.includes(error.code) ? exitStatus.storeRefused : exitStatus.setUp;
    return new CommandEnd(status, error.message);
  }
  if (isOutOfFiles(error)) return new CommandEnd(exitStatus.setUp, TOO_FEW_FILES);
  const { syscall, code, path: file, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined || (file === undefined && !FILE_FAULTS.includes(code))) return error;
  return new CommandEnd(
    exitStatus.setUp,
    `${message}. Look at the owner, mode and room of its folder.`,
  );
}

/** Wherever it happens first, mostly while the program itself is loaded. */
const isOutOfFiles = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'EMFILE';

const TOO_FEW_FILES =
  'This process may open too few files. Allow it at least 256: ulimit -n 256, or LimitNOFILE=256 of its service.';

/** Runs `work`; what is wrong with the store or its files ends the command in words. */
export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw endOf(error);
  }
}
