import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateReports } from '../generate/reports.ts';
import { atLeast, beside, type Figure, median } from './figure.ts';
import { benchEntry, programEntry, timedProcess, withFolder } from './processes.ts';

const SEED = 1;
const REPORTS = 5_000;
const RUNS = 5;
const BAR = 2.5;

/** 5,000 small reports: `ruadmap import` against the plain pipeline, whole processes, alternated. */
export const benchImport = (): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const reports = path.join(folder, 'reports');
    mkdirSync(reports);
    let messages = 0;
    for (const { name, packed, expected } of generateReports({ seed: SEED, reports: REPORTS })) {
      writeFileSync(path.join(reports, name), packed);
      messages += expected.messages;
    }
    const ours: number[] = [];
    const plain: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const dataDir = path.join(folder, `ours-${run}`);
      const imported = await timedProcess([
        programEntry,
        'import',
        reports,
        '--data',
        dataDir,
        '--json',
      ]);
      const database = path.join(folder, `plain-${run}.db`);
      const stored = await timedProcess([benchEntry('plain'), reports, database]);
      if (imported.output['messages'] !== messages || stored.output['messages'] !== messages) {
        throw new Error(`The two read different sums, not ${messages}.`);
      }
      ours.push(imported.seconds);
      plain.push(stored.seconds);
    }
    const ratios = plain.map((seconds, run) => seconds / (ours[run] ?? NaN));
    return [
      atLeast('import', median(ratios), 'times as fast as plain', BAR, SEED),
      beside('import-rate', REPORTS / median(ours), 'reports a second', SEED),
      beside('import-plain-rate', REPORTS / median(plain), 'reports a second', SEED),
    ];
  });
