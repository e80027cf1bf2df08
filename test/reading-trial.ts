import path from 'node:path';
import { programFiles } from '../server/program-files.ts';
import { createReadingTrial } from '../server/reading-trial.ts';

/** The trial as the built program has it; `npm test` builds it first. */
export const builtTrial = createReadingTrial(
  programFiles(path.resolve(import.meta.dirname, '..')).trialEntry,
  20_000,
);
