import { inWords } from '../command-end.ts';
import { anotherOwner, own } from '../data-dir.ts';

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
