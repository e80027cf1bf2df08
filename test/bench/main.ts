import { benchBigReport } from './big-report.ts';
import { benchCores } from './cores.ts';
import { benchGrowth } from './growth.ts';
import { benchImap, benchImapFar } from './imap.ts';
import { benchImport } from './import.ts';
import { benchSourcePage } from './source-page.ts';
import { benchVerdict } from './verdict.ts';
import type { Figure } from './figure.ts';

/**
 * `npm run bench`: measures what the program promises. `--json` prints a line of JSON for each figure,
 * `--only NAME` runs one bench. Ratios are taken in one run; nothing here is a test.
 */
const benches: [name: string, bench: () => Promise<Figure[]>][] = [
  ['import', benchImport],
  ['big-report', benchBigReport],
  ['imap', benchImap],
  ['imap-30ms', benchImapFar],
  ['growth', benchGrowth],
  ['cores', benchCores],
  ['verdict', benchVerdict],
  ['source-page', benchSourcePage],
];

const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]
  : undefined;
const asJson = process.argv.includes('--json');

for (const [name, bench] of benches) {
  if (only !== undefined && only !== name) continue;
  for (const figure of await bench()) {
    process.stdout.write((asJson ? JSON.stringify(figure) : inWords(figure)) + '\n');
  }
}

function inWords({ name, value, unit, bar, met, seed }: Figure): string {
  const judged = bar === null ? '' : ` (${met === true ? 'meets' : 'MISSES'} ${bar})`;
  return `${name}: ${value} ${unit}${judged}, seed ${seed}`;
}
