import path from 'node:path';
import { createNaming } from '../../server/analysis/naming.ts';
import { openAsData } from '../../server/as-data.ts';
import { createInsight } from '../../server/insight/open-insight.ts';
import { openReader, openWriter } from '../../server/store/open.ts';
import type { StoreReader } from '../../server/store/store.ts';
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
const MONTH = { from: '2026-06-01', to: '2026-06-30' };

/** A domain with a million records in its window: verdict and what-if, read from the roll-ups each time: nothing is remembered. */
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
    const parts = timedReader(reader);
    const fresh = () => createInsight({ reader: parts.reader, nowSeconds, asName: () => null });
    const asked = { at: LAST_DAY, offline: false };
    const verdict = await measured(async () => {
      const found = await fresh().verdict(DOMAIN, asked);
      if (found === null || found.own.messages === 0) throw new Error('No verdict.');
    });
    const read = parts.ofOne(RUNS);
    const whatIf = await measured(async () => {
      if ((await fresh().whatIf(DOMAIN, { p: 'reject' }, asked)) === null)
        throw new Error('No answer.');
    });
    const firstLook = await measured(async () => {
      if ((await fresh().sources(DOMAIN, MONTH)) === null) throw new Error('No page.');
    });
    const mail = await reader.domainMail(DOMAIN, LAST_DAY - DAYS, LAST_DAY);
    await reader.close();
    const sizes = tableBytes(storeFiles(dataDir).database);
    const all = read.reduce((sum, { ms }) => sum + ms, 0);
    return [
      atMost('verdict', verdict.ms, 'ms', MOST_MS, SEED),
      atMost('verdict-what-if', whatIf.ms, 'ms, with the verdict that it needs', MOST_MS, SEED),
      beside('verdict-cpu', verdict.cpuMs, 'ms of all threads', SEED),
      beside('verdict-what-if-cpu', whatIf.cpuMs, 'ms of all threads', SEED),
      ...read.map(({ name, ms }) => beside(`verdict-reading-${name}`, ms, 'ms of it', SEED)),
      beside('verdict-classes-and-gates', verdict.ms - all, 'ms of it', SEED),
      beside('verdict-first-look', firstLook.ms, 'ms, list of sources with the verdict', SEED),
      beside('verdict-records', written.records, 'records in the window', SEED),
      beside('verdict-size', sizes.counted / sizes.records, 'bytes a record', SEED),
      beside('verdict-streams', mail?.streams.length ?? 0, 'streams', SEED),
    ];
  });

const nowSeconds = (): number => (LAST_DAY + 1) * 86_400;

interface Measured {
  ms: number;
  cpuMs: number;
}

/** Medians of some runs. */
async function measured(work: () => Promise<void>): Promise<Measured> {
  const [ms, cpuMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const [startedMs, before] = [performance.now(), process.cpuUsage()];
    await work();
    ms.push(performance.now() - startedMs);
    const { user, system } = process.cpuUsage(before);
    cpuMs.push((user + system) / 1_000);
  }
  return { ms: median(ms), cpuMs: median(cpuMs) };
}

/** What a verdict asks of the store, by the names of the parts. */
const PARTS = {
  streams: 'domainMail',
  addresses: 'streamAddresses',
  'tied-addresses': 'activeAddresses',
  reporters: 'streamReporterDays',
} as const;

type Asked<K extends keyof StoreReader> = Parameters<StoreReader[K]>;

/** The same reader, with the time that its parts take. */
function timedReader(reader: StoreReader) {
  const times = new Map<string, number[]>();
  const timed =
    <A extends unknown[], R>(name: string, ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const startedMs = performance.now();
      const answer = await ask(...args);
      times.set(name, [...(times.get(name) ?? []), performance.now() - startedMs]);
      return answer;
    };
  return {
    reader: {
      ...reader,
      domainMail: timed('domainMail', (...asked: Asked<'domainMail'>) =>
        reader.domainMail(...asked),
      ),
      streamAddresses: timed('streamAddresses', (...asked: Asked<'streamAddresses'>) =>
        reader.streamAddresses(...asked),
      ),
      activeAddresses: timed('activeAddresses', (...asked: Asked<'activeAddresses'>) =>
        reader.activeAddresses(...asked),
      ),
      streamReporterDays: timed('streamReporterDays', (...asked: Asked<'streamReporterDays'>) =>
        reader.streamReporterDays(...asked),
      ),
    },
    /** Medians of what one of so many runs took. */
    ofOne: (runs: number) =>
      Object.entries(PARTS).map(([name, query]) => ({
        name,
        ms: median((times.get(query) ?? []).slice(0, runs)),
      })),
  };
}
