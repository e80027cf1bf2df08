import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateReports } from '../generate/reports.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { ruadmap, ruadmapJson, startRuadmap, temporaryDir } from '../program.ts';

/** More than a mailbox brings in ten minutes, by far: 2,000 in a day are many. */
const REPORTS = 2_000;
const MIB = 1024 * 1024;
const MOST_LOG_MIB = 64;

let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
beforeEach(() => {
  work = temporaryDir();
  dataDir = path.join(work.dir, 'data');
});
afterEach(() => work.remove());

const logMib = (): number =>
  (statSync(path.join(dataDir, 'ruadmap.db-wal'), { throwIfNoEntry: false })?.size ?? 0) / MIB;

/** Writes reports into a folder. @returns the sum of their messages */
function writeReports(folder: string, seed: number, reports: number): number {
  mkdirSync(folder);
  let messages = 0;
  for (const { name, packed, expected } of generateReports({ seed, reports })) {
    writeFileSync(path.join(folder, name), packed);
    messages += expected.messages;
  }
  return messages;
}

describe('S12: a reader that stays long', () => {
  test('of another program keeps the log from shrinking, which stays small and shrinks once it is gone', async () => {
    const reports = inFullOrShare(REPORTS, 200);
    const [first, second] = [path.join(work.dir, 'first'), path.join(work.dir, 'second')];
    writeReports(first, longRunSeed, 20);
    const messages = writeReports(second, longRunSeed + 1, reports);
    await ruadmapJson(['import', first, '--data', dataDir]);
    const before = await ruadmapJson<{ messages: number }>(['totals', '--data', dataDir]);

    const program = await startRuadmap(['serve', '--data', dataDir]);
    const reader = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
    const count = (): unknown => reader.prepare('SELECT count(*) FROM report').pluck().get();
    reader.exec('BEGIN');
    const seen = count();
    await ruadmapJson(['import', second, '--data', dataDir]);
    const mib = logMib();
    expect(count()).toBe(seen);
    expect(mib).toBeLessThan(MOST_LOG_MIB);
    const after = await ruadmapJson<{ messages: number }>(['totals', '--data', dataDir]);
    expect(after.messages).toBe(before.messages + messages);
    reader.exec('COMMIT');
    reader.close();
    expect(await program.stop()).toBe(0);
    expect(logMib()).toBe(0);
    printFigure({
      ...{
        figure: 'log under a long reader',
        n: Math.ceil(mib),
        of: MOST_LOG_MIB,
        full: MOST_LOG_MIB,
      },
      ...{ unit: 'MiB', reports },
    });
  }, 240_000);

  test('of the page is none: asked all the while, it never keeps the log from shrinking', async () => {
    const reports = inFullOrShare(REPORTS, 200);
    const folder = path.join(work.dir, 'reports');
    writeReports(folder, longRunSeed, reports);
    const program = await startRuadmap(['serve', '--data', dataDir]);
    let [isDone, most, answers] = [false, 0, 0];
    const ask = async (): Promise<void> => {
      while (!isDone) {
        await (await fetch(`${program.url}api/domains`)).text();
        await (await fetch(`${program.url}api/ledger`)).text();
        most = Math.max(most, logMib());
        answers += 2;
      }
    };
    const asking = [ask(), ask()];
    await ruadmap(['import', folder, '--data', dataDir]);
    isDone = true;
    await Promise.all(asking);
    expect(answers).toBeGreaterThan(2);
    expect(most).toBeLessThan(MOST_LOG_MIB);
    expect(await program.stop()).toBe(0);
    printFigure({
      ...{
        figure: 'log while the page is asked',
        n: Math.ceil(most),
        of: MOST_LOG_MIB,
        full: MOST_LOG_MIB,
      },
      ...{ unit: 'MiB', reports, answers },
    });
  }, 240_000);
});
