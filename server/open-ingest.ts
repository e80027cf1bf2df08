import { defaultLimits, type Limits } from '../ingest/limits.ts';
import { createDocumentReader, type DocumentReader } from '../ingest/read-document.ts';
import { createNaming } from './analysis/naming.ts';
import { openAsData } from './as-data.ts';
import { CommandEnd, exitStatus } from './exit-status.ts';
import type { ProgramFiles } from './program-files.ts';
import { openWriter, prepareStore } from './store/open.ts';
import type { StoreWriter } from './store/store.ts';

/** The writing half of the program: a document reader and the store it fills. */
export interface Ingest {
  writer: StoreWriter;
  reader: DocumentReader;
  limits: Limits;
}

/** Only for the owner of the data directory. */
export function openIngest(files: ProgramFiles, dataDir: string): Ingest {
  checkStore(files, dataDir);
  const naming = createNaming(openAsData(files.asDataFile));
  return {
    writer: openWriter({ dataDir, migrationsDir: files.migrationsDir, naming }),
    reader: createDocumentReader(defaultLimits),
    limits: defaultLimits,
  };
}

/** Brings the store to this version's schema, or says why it cannot be used. */
export function checkStore(files: ProgramFiles, dataDir: string): void {
  const prepared = prepareStore(dataDir, files.migrationsDir);
  if (!prepared.ok) throw new CommandEnd(exitStatus.storeRefused, prepared.problem.detail);
}
