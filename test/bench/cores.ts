import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateReports } from '../generate/reports.ts';
import { beside, type Figure, median } from './figure.ts';
import { programEntry, timedCommand, withFolder } from './processes.ts';

const SEED = 1;
const REPORTS = 5_000;
const RUNS = 5;

/** Import with two cores against one, alternated: whether more than one pays. Needs `taskset`. */
export const benchCores = (): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const reports = path.join(folder, 'reports');
    mkdirSync(reports);
    for (const { name, packed } of generateReports({ seed: SEED, reports: REPORTS }))
      writeFileSync(path.join(reports, name), packed);
    const importOn = async (cores: string, run: number): Promise<number> => {
      const dataDir = path.join(folder, `on-${cores}-${run}`);
      const program = [process.execPath, programEntry, 'import', reports];
      const command = ['taskset', '-c', cores, ...program, '--data', dataDir, '--json'];
      return (await timedCommand(command)).seconds;
    };
    const [one, two]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      one.push(await importOn('0', run));
      two.push(await importOn('0,1', run));
    }
    const ratios = one.map((seconds, run) => seconds / (two[run] ?? NaN));
    return [
      beside('cores', median(ratios), 'times as fast with two cores as with one', SEED),
      beside('cores-one-rate', REPORTS / median(one), 'reports a second', SEED),
      beside('cores-two-rate', REPORTS / median(two), 'reports a second', SEED),
    ];
  });
