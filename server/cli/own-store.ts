import { anotherOwner, ensureDataDir, own } from '../data-dir.ts';
import { createNaming } from '../analysis/naming.ts';
import { openAsData } from '../as-data.ts';
import { type Ingest, openIngest } from '../open-ingest.ts';
import { openStoreCheck, type StoreCheck } from '../store/check/store-check.ts';
import { endOf } from '../command-end.ts';
import type { RepairContext } from './verify-command.ts';

/**
 * Does work that reads a whole store and writes to it.
 * @throws CommandEnd 69 where a running Ruadmap owns the data directory
 */
export async function withOwnStore<T>(
  { files, dataDir: wanted }: RepairContext,
  work: (own: Ingest & { check: StoreCheck }) => Promise<T>,
): Promise<T> {
  const dataDir = ensureDataDir(wanted);
  const { lock, ownerPid } = own(dataDir);
  if (lock === null) throw anotherOwner(dataDir, ownerPid);
  try {
    const ingest = openIngest(files, dataDir);
    const check = openStoreCheck(dataDir, createNaming(openAsData(files.asDataFile)));
    try {
      return await work({ ...ingest, check });
    } finally {
      check.close();
      await ingest.writer.close();
    }
  } catch (error) {
    throw endOf(error);
  } finally {
    lock.release();
  }
}
