import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { canaryForms } from '../imap/ordinary-mails.ts';
import { brokenMailRows } from './m-broken.ts';
import { hostileMailRows, ordinaryMailRows } from './m-hostile.ts';
import { reportFormRows } from './m-forms.ts';
import { runMatrix } from './matrix.ts';
import type { Fed } from './row.ts';

const SEED = 7489;

const [ordinary, ...others] = ordinaryMailRows();
if (ordinary === undefined) throw new Error('no row');

/** No word of other mail is anywhere in the data directory. */
function expectNoCanary({ dataDir }: Fed): void {
  for (const name of readdirSync(dataDir)) {
    const bytes = readFileSync(path.join(dataDir, name));
    for (const form of canaryForms()) expect(bytes.includes(form)).toBe(false);
  }
}

runMatrix(
  'M',
  SEED,
  [
    { ...ordinary, also: expectNoCanary },
    ...others,
    ...hostileMailRows(),
    ...reportFormRows(),
    ...brokenMailRows(SEED),
  ].sort((a, b) => (a.id < b.id ? -1 : 1)),
);
