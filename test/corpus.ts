import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MachinePart } from './parts.ts';

const folder = path.resolve(import.meta.dirname, '../../shared/corpus');

/** Real reports that other projects published; they are read where they are, beside the project. */
export const corpusDir: string | null = existsSync(path.join(folder, 'manifest.tsv'))
  ? folder
  : null;

export const corpus: MachinePart = {
  name: 'The corpus of real reports',
  path: corpusDir,
  howToGet: 'put it at ../shared/corpus, with its manifest.tsv',
  isBrought: true,
};
