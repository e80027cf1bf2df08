import { runMatrix } from './matrix.ts';
import { doctypeRows } from './x-doctype.ts';
import { encodingRows } from './x-encoding.ts';
import { limitRows } from './x-limits.ts';
import { shapeRows } from './x-shape.ts';

const NO_SEED = 0;

runMatrix(
  'X',
  NO_SEED,
  [...doctypeRows(), ...limitRows(), ...shapeRows(), ...encodingRows()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  ),
);
