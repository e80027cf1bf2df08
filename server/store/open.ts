import { openForReading, openForWriting } from './connection.ts';
import { prepareStore } from './prepare-store.ts';
import { createReader } from './read/reader.ts';
import type { SourceNaming, StoreReader, StoreSettings, StoreWriter } from './store.ts';
import { storeFiles } from './store-files.ts';
import { guarded, StoreProblem } from './store-problem.ts';
import { createUserSettings } from './user-settings.ts';
import { createWriter } from './write/writer.ts';

export { prepareStore } from './prepare-store.ts';

/**
 * Opens the one writer of a data directory, after the checks and migrations of `prepareStore`.
 * @throws StoreProblem where the database cannot be used.
 */
export function openWriter(options: {
  dataDir: string;
  migrationsDir: string;
  naming: SourceNaming;
}): StoreWriter {
  const prepared = prepareStore(options.dataDir, options.migrationsDir);
  if (!prepared.ok) throw new StoreProblem(prepared.problem);
  return guarded(() =>
    createWriter(openForWriting(storeFiles(options.dataDir).database), options.naming),
  );
}

/** Opens a reader over its own read-only connection. @throws StoreProblem */
export function openReader(options: { dataDir: string }): StoreReader {
  return guarded(() => createReader(openForReading(storeFiles(options.dataDir).database)));
}

/** Opens what writes the user's settings, beside the writer. @throws StoreProblem */
export function openSettings(options: { dataDir: string }): StoreSettings {
  return guarded(() => createUserSettings(openForWriting(storeFiles(options.dataDir).database)));
}
