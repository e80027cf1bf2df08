import { compressionRows } from './z-gzip.ts';
import { zipRows } from './z-zip.ts';
import { runMatrix } from './matrix.ts';

const SEED = 1952;

runMatrix(
  'Z',
  SEED,
  [...compressionRows(), ...zipRows(SEED)].sort((a, b) => (a.id < b.id ? -1 : 1)),
);
