import { defaultLimits, type Limits } from '../ingest/limits.ts';
import type { ReadingTrial } from '../ingest/reading-trial.ts';
import {
  createDocumentReader,
  type DocumentReader,
  type KeptReader,
} from '../ingest/read-document.ts';
import { createNaming } from './analysis/naming.ts';
import { openAsData } from './as-data.ts';
import { readByClock } from './clock.ts';
import { endOf, inWords } from './command-end.ts';
import type { ProgramFiles } from './program-files.ts';
import { createReadingTrial } from './reading-trial.ts';
import { openWriter, prepareStore } from './store/open.ts';
import type { StoreWriter } from './store/store.ts';
import { StoreProblem } from './store/store-problem.ts';

/** Twice what the reading of a mail may take. */
const TRIAL_MS = 2 * defaultLimits.messageSeconds * 1000;

/** The writing half of the program: a document reader and the store it fills. */
export interface Ingest {
  writer: StoreWriter;
  reader: DocumentReader & KeptReader;
  trial: ReadingTrial;
  limits: Limits;
}

/** Only for the owner of the data directory. */
export function openIngest(files: ProgramFiles, dataDir: string): Ingest {
  return {
    writer: openCheckedWriter(files, dataDir),
    reader: readByClock(createDocumentReader(defaultLimits), files.builtSeconds),
    trial: createReadingTrial(files.trialEntry, TRIAL_MS),
    limits: defaultLimits,
  };
}

/** The writer checks the store and brings it up to date itself. */
function openCheckedWriter(
  { migrationsDir, asDataFile }: ProgramFiles,
  dataDir: string,
): StoreWriter {
  const naming = createNaming(openAsData(asDataFile));
  return inWords(() => openWriter({ dataDir, migrationsDir, naming }));
}

/** Brings the store to this version's schema. @throws CommandEnd where it cannot be used */
export function checkStore(files: ProgramFiles, dataDir: string): void {
  const prepared = prepareStore(dataDir, files.migrationsDir);
  if (!prepared.ok) throw endOf(new StoreProblem(prepared.problem));
}
