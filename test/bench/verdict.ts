import path from 'node:path';
import { createNaming } from '../../server/analysis/naming.ts';
import { openAsData } from '../../server/as-data.ts';
import { createInsight } from '../../server/insight/open-insight.ts';
import { openReader, openWriter } from '../../server/store/open.ts';
import { storeFiles } from '../../server/store/store-files.ts';
import { atMost, beside, type Figure, median } from './figure.ts';
import { projectDir, withFolder } from './processes.ts';
import { tableBytes } from './table-bytes.ts';
import { writeVerdictData } from './verdict-data.ts';

const SEED = 3;
const RECORDS = 1_000_000;
const DAYS = 30;
const REPORTERS = 30;
const RUNS = 5;
const MOST_MS = 300;
const DOMAIN = 'large.example';
/** 2026-06-30. */
const LAST_DAY = 20_634;

/** A domain with a million records in its window: verdict and what-if, read from the roll-ups each time. */
export const benchVerdict = (): Promise<Figure[]> =>
  withFolder(async (dataDir) => {
    const naming = createNaming(openAsData(path.join(projectDir, 'dist/as-data.bin')));
    const migrationsDir = path.join(projectDir, 'migrations');
    const writer = openWriter({ dataDir, migrationsDir, naming });
    const options = { seed: SEED, domain: DOMAIN, lastDay: LAST_DAY, days: DAYS };
    const written = await writeVerdictData(writer, {
      ...options,
      records: RECORDS,
      reporters: REPORTERS,
    });
    await writer.close();
    const reader = openReader({ dataDir });
    const verdicts: number[] = [];
    const whatIfs: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const asked = { at: LAST_DAY, offline: false };
      verdicts.push(
        await millisecondsOf(async () => {
          const verdict = await fresh().verdict(DOMAIN, asked);
          if (verdict === null || verdict.own.messages === 0) throw new Error('No verdict.');
        }),
      );
      whatIfs.push(
        await millisecondsOf(async () => {
          const whatIf = await fresh().whatIf(DOMAIN, { p: 'reject' }, asked);
          if (whatIf === null) throw new Error('No answer.');
        }),
      );
    }
    const mail = await reader.domainMail(DOMAIN, LAST_DAY - DAYS, LAST_DAY);
    await reader.close();
    const sizes = tableBytes(storeFiles(dataDir).database);
    return [
      atMost('verdict', median(verdicts), 'ms', MOST_MS, SEED),
      atMost('verdict-what-if', median(whatIfs), 'ms', MOST_MS, SEED),
      beside('verdict-records', written.records, 'records in the window', SEED),
      beside('verdict-size', sizes.counted / sizes.records, 'bytes a record', SEED),
      beside('verdict-streams', mail?.streams.length ?? 0, 'streams', SEED),
    ];

    /** Remembers nothing. */
    function fresh() {
      const nowSeconds = () => (LAST_DAY + 1) * 86_400;
      return createInsight({ reader, nowSeconds, asName: () => null });
    }
  });

async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
