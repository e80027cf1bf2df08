import { ensureDataDir, own } from '../data-dir.ts';
import { checkStore } from '../open-ingest.ts';
import type { ProgramFiles } from '../program-files.ts';
import { openReader } from '../store/open.ts';
import type { StoreReader } from '../store/store.ts';

/** Lets a command read the store, whoever owns the data directory. */
export async function withReader<T>(
  files: ProgramFiles,
  wantedDataDir: string,
  work: (reader: StoreReader, dataDir: string) => Promise<T>,
): Promise<T> {
  const dataDir = ensureDataDir(wantedDataDir);
  // Without an owner the store may be missing or old; with one, it is the owner's to bring up to date.
  const { lock } = own(dataDir);
  try {
    if (lock !== null) checkStore(files, dataDir);
    const reader = openReader({ dataDir });
    try {
      return await work(reader, dataDir);
    } finally {
      await reader.close();
    }
  } finally {
    lock?.release();
  }
}
