import { cpSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { FoundFile } from '../../ingest/files.ts';
import { openIngest } from '../../server/open-ingest.ts';
import { importFound } from '../../server/import-files.ts';
import { programFiles } from '../../server/program-files.ts';
import { storeFiles } from '../../server/store/store-files.ts';
import { generateReports, type ReportOptions } from '../generate/reports.ts';
import { atMost, beside, type Figure, median } from './figure.ts';
import { projectDir, withFolder } from './processes.ts';
import { tableBytes } from './table-bytes.ts';

const SEED = 5;
const RECORDS = 1_000_000;
/** More than are needed for so many records: 8.4 records a report. */
const REPORTS = 140_000;
const DAYS = 400;
/** Reports whose cost is measured. */
const PROBE = 2_000;
const RUNS = 5;
const MOST_IN_ORDER = 1.3;
const MOST_RANDOM = 2.5;
const MOST_BYTES = 100;
/** 2026-11-01: no report lies ahead. */
const NOW_SECONDS = 1_793_491_200;

/**
 * What a report costs in a store of a million records against an empty one, and what a record takes
 * there: with the next days' reports, and with reports of any day of the past.
 */
export const benchGrowth = (): Promise<Figure[]> =>
  withFolder(async (folder) => {
    const full = path.join(folder, 'full');
    const inOrder = { seed: SEED, reports: REPORTS, days: DAYS, isInOrder: true };
    const reports = found(inOrder);
    await ingest(full, upTo(full, reports));
    const next = take(reports, PROBE);
    const random = take(found({ seed: SEED, reports: PROBE, days: DAYS }), PROBE);
    const sizes = tableBytes(storeFiles(full).database);
    return [
      ...(await ratios(folder, full, 'growth-in-order', next, MOST_IN_ORDER)),
      ...(await ratios(folder, full, 'growth-random-days', random, MOST_RANDOM)),
      atMost('size', sizes.counted / sizes.records, 'bytes a record', MOST_BYTES, SEED),
      ...sizes.groups.map(({ name, bytes }) =>
        beside(`size-${name}`, bytes / sizes.records, 'bytes a record', SEED),
      ),
      beside('size-record-count', sizes.records, 'records', SEED),
    ];
  });

function* found(options: ReportOptions): Generator<FoundFile> {
  for (const { name, packed } of generateReports(options))
    yield { file: name, ordinal: 0, kind: 'document', bytes: packed, detail: '' };
}

/** As many as make the records wanted. Looked at now and then: a look costs a count. */
function* upTo(dataDir: string, reports: Generator<FoundFile>): Generator<FoundFile> {
  for (let given = 1; ; given += 1) {
    const next = reports.next();
    if (next.done === true) throw new Error('Too few reports for so many records.');
    yield next.value;
    if (given % 5_000 === 0 && recordsIn(dataDir) >= RECORDS) return;
  }
}

function take(reports: Generator<FoundFile>, most: number): FoundFile[] {
  const taken: FoundFile[] = [];
  for (let next = reports.next(); next.done !== true; next = reports.next()) {
    taken.push(next.value);
    if (taken.length === most) break;
  }
  return taken;
}

async function ratios(
  folder: string,
  full: string,
  name: string,
  reports: readonly FoundFile[],
  most: number,
): Promise<Figure[]> {
  const [small, large]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    const copy = path.join(folder, `${name}-${run}`);
    cpSync(full, copy, { recursive: true });
    small.push(await ingest(path.join(folder, `${name}-empty-${run}`), reports));
    large.push(await ingest(copy, reports));
  }
  const ratio = median(large.map((seconds, run) => seconds / (small[run] ?? NaN)));
  return [
    atMost(name, ratio, 'times the cost at an empty store', most, SEED),
    beside(`${name}-rate`, PROBE / median(large), 'reports a second', SEED),
    beside(`${name}-empty-rate`, PROBE / median(small), 'reports a second', SEED),
  ];
}

/** @returns seconds, without opening and closing. */
async function ingest(dataDir: string, reports: Iterable<FoundFile>): Promise<number> {
  const { writer, reader, trial, limits } = openIngest(programFiles(projectDir), dataDir);
  const startedMs = performance.now();
  const deps = { writer, reader, trial, limits, nowSeconds: () => NOW_SECONDS };
  const counts = await importFound(deps, reports, null, () => undefined);
  const seconds = (performance.now() - startedMs) / 1000;
  await writer.close();
  if (counts.stored === 0) throw new Error('Nothing was stored.');
  return seconds;
}

function recordsIn(dataDir: string): number {
  const database = new Database(storeFiles(dataDir).database, { readonly: true });
  try {
    return database.prepare<[], number>('SELECT sum(records) FROM report').pluck().get() ?? 0;
  } finally {
    database.close();
  }
}
