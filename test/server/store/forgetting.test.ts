import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStoreCheck } from '../../../server/store/check/store-check.ts';
import { aDocument, aReport, DAY, MARCH, type WantedReport } from './a-report.ts';
import { anyReport } from './any-reports.ts';
import { contentsOf } from './digest.ts';
import { openTempStore, type TempStore, testNaming } from './temp-store.ts';

const everything = { domain: null, from: null, to: null };
const MARCH_DAY = MARCH / DAY;
const NOW = MARCH + 100 * DAY;

const aDayLater = (days: number, more: WantedReport = {}): WantedReport => ({
  ...{ beginSeconds: MARCH + days * DAY, endSeconds: MARCH + (days + 1) * DAY - 1 },
  ...{ reportId: `day ${days}`, rows: [{ count: 2 ** days }] },
  ...more,
});

const stored = (store: TempStore, ...reports: WantedReport[]) =>
  store.store(...reports.map((report) => aDocument(aReport(report))));

const brokenIn = ({ dataDir }: TempStore) => {
  const check = openStoreCheck(dataDir, testNaming);
  try {
    return [...check.brokenRules(), ...check.brokenSums()];
  } finally {
    check.close();
  }
};

/** What is in any sum, and the records. */
const countedIn = ({ dataDir }: TempStore) => {
  const contents = contentsOf(dataDir);
  const { record, address_sign, address_day, stream_day, stream_reporter_day } = contents;
  const reporter_day = (contents['reporter_day'] ?? []).filter((row) => !row.endsWith(',0]'));
  return { record, address_sign, address_day, stream_day, stream_reporter_day, reporter_day };
};

test('reports before a day go with their records and bytes; the others stay, to the unit', async () => {
  const store = await openTempStore();
  await stored(store, aDayLater(0), aDayLater(1), aDayLater(2), aDayLater(3));
  const filter = { beforeDay: MARCH_DAY + 2, domain: null };
  const expected = { reports: 2, records: 2, messages: 3 };
  expect(await store.reader.forgettable(filter)).toEqual({
    ...expected,
    domains: [{ domain: 'example.org', ...expected }],
  });
  expect(await store.writer.forget(filter, NOW)).toEqual(expected);
  const totals = await store.reader.totals(everything);
  expect([totals.reports, totals.records, totals.tally.messages]).toEqual([2, 2, 12]);
  expect(store.query('SELECT count(*) AS n FROM kept')).toEqual([{ n: 2 }]);
  expect(await store.writer.forget(filter, NOW)).toEqual({ reports: 0, records: 0, messages: 0 });
  expect(brokenIn(store)).toEqual([]);
});

test('a report that reaches into the day stays; one without a day is taken by when it came', async () => {
  const store = await openTempStore();
  const long = { beginSeconds: MARCH, endSeconds: MARCH + 5 * DAY };
  await stored(store, { ...long, reportId: 'long' });
  // Received at 1 773 000 000, on 8 March.
  await stored(store, { beginSeconds: null, endSeconds: null, reportId: 'undated' });
  await store.writer.forget({ beforeDay: MARCH_DAY + 4, domain: null }, NOW);
  expect((await store.reader.totals(everything)).reports).toBe(2);
  await store.writer.forget({ beforeDay: MARCH_DAY + 6, domain: null }, NOW);
  expect((await store.reader.totals(everything)).reports).toBe(1);
  await store.writer.forget({ beforeDay: MARCH_DAY + 8, domain: null }, NOW);
  expect((await store.reader.totals(everything)).reports).toBe(0);
});

test('of one domain, the others are left alone', async () => {
  const store = await openTempStore();
  await stored(store, aDayLater(0), aDayLater(0, { domain: 'other.example' }));
  await store.writer.forget({ beforeDay: MARCH_DAY + 9, domain: 'example.org' }, NOW);
  const domains = await store.reader.domains({ from: null, to: null });
  expect(domains.map(({ domain }) => domain)).toEqual(['other.example']);
});

test('what was forgotten is known when its mail comes again, and counts no more', async () => {
  const store = await openTempStore();
  await stored(store, aDayLater(0));
  await store.writer.forget({ beforeDay: MARCH_DAY + 9, domain: null }, NOW);
  const [same] = await stored(store, aDayLater(0));
  expect(same).toMatchObject({ outcome: 'duplicate', reportId: 1 });
  const [other] = await stored(store, aDayLater(0, { rows: [{ count: 7 }] }));
  expect(other).toMatchObject({ outcome: 'conflict' });
  expect(store.query('SELECT count(*) AS n FROM kept')).toEqual([{ n: 0 }]);
  expect((await store.reader.totals(everything)).tally.messages).toBe(0);
  const reports = await store.reader.reports(
    { ...everything, orgName: null, sourceId: null, sourceIp: null },
    null,
    10,
  );
  expect(reports.items).toEqual([]);
  expect(await store.reader.report(1)).toMatchObject({ counted: false, forgottenSeconds: NOW });
  expect(brokenIn(store)).toEqual([]);
});

test('every version of a report is forgotten with the one that counts', async () => {
  const store = await openTempStore();
  await stored(store, aDayLater(0), aDayLater(0, { rows: [{ count: 9 }] }));
  expect(await store.writer.forget({ beforeDay: MARCH_DAY + 9, domain: null }, NOW)).toMatchObject({
    reports: 1,
  });
  expect(store.query('SELECT count(*) AS n FROM record')).toEqual([{ n: 0 }]);
  expect(store.query('SELECT count(*) AS n FROM forgotten_report')).toEqual([{ n: 2 }]);
});

test('of more reports than one transaction takes, all go', async () => {
  const store = await openTempStore();
  await stored(
    store,
    ...Array.from({ length: 250 }, (_, n) => aDayLater(0, { reportId: `r${n}` })),
  );
  const done = await store.writer.forget({ beforeDay: MARCH_DAY + 1, domain: null }, NOW);
  expect(done.reports).toBe(250);
  expect(brokenIn(store)).toEqual([]);
});

const to = (...domains: string[]): WantedReport => ({
  rows: domains.map((envelopeTo) => ({ envelopeTo })),
});
const recipientsIn = (store: TempStore) =>
  store
    .query<{ name: string }>(
      "SELECT body ->> '$[6]' AS name FROM profile WHERE body ->> '$[6]' IS NOT NULL ORDER BY name",
    )
    .map(({ name }) => name);

test('recipients that only forgotten records named are named no more; the others are', async () => {
  const store = await openTempStore();
  await stored(
    store,
    aDayLater(0, to('private.example', 'common.example')),
    aDayLater(1, to('common.example')),
  );
  expect(recipientsIn(store)).toEqual(['common.example', 'private.example']);
  await store.writer.forget({ beforeDay: MARCH_DAY + 1, domain: null }, NOW);
  expect(recipientsIn(store)).toEqual(['common.example']);
  await stored(store, aDayLater(2, to('new.example', 'private.example', 'common.example')));
  expect(recipientsIn(store)).toEqual(['common.example', 'new.example', 'private.example']);
  expect(brokenIn(store)).toEqual([]);
});

test('a profile that comes with mail while it is looked at stays', async () => {
  const store = await openTempStore();
  await stored(store, aDayLater(0, to('private.example')), aDayLater(1, to('common.example')));
  const forgetting = store.writer.forget({ beforeDay: MARCH_DAY + 1, domain: null }, NOW);
  await stored(store, aDayLater(2, to('private.example')));
  await forgetting;
  expect(recipientsIn(store)).toEqual(['common.example', 'private.example']);
  expect(brokenIn(store)).toEqual([]);
});

test('nothing of what was forgotten can be read in the files of the store', async () => {
  const store = await openTempStore();
  await store.store(
    aDocument(aReport(to('private.example')), `${'x'.repeat(500)}${Math.random()}`),
  );
  const bytes = store.query<{ bytes: Buffer }>('SELECT bytes FROM kept')[0]?.bytes;
  const filesWith = (text: string | Buffer) =>
    readdirSync(store.dataDir).filter((name) =>
      readFileSync(path.join(store.dataDir, name)).includes(text),
    );
  expect(filesWith(bytes ?? '')).not.toEqual([]);
  expect(filesWith('private.example')).not.toEqual([]);
  await store.writer.forget({ beforeDay: MARCH_DAY + 9, domain: null }, NOW);
  expect(filesWith(bytes ?? '')).toEqual([]);
  expect(filesWith('private.example')).toEqual([]);
});

test('property: sums are those of a store that never had them, also when all mail comes again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyReport, { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom(null, 'example.org'),
      async (reports, days, domain) => {
        const store = await openTempStore();
        await stored(store, ...reports);
        await store.writer.forget({ beforeDay: MARCH_DAY + days, domain }, NOW);
        expect(brokenIn(store)).toEqual([]);
        expect(store.query(UNUSED_PROFILES)).toEqual([]);

        const fresh = await openTempStore();
        await stored(fresh, ...reports.filter((report) => !isForgotten(report, days, domain)));
        expect(countedIn(store)).toEqual(countedIn(fresh));
        expect(await store.reader.totals(everything)).toEqual(
          await fresh.reader.totals(everything),
        );

        const again = await stored(store, ...reports);
        expect(again.filter(({ outcome }) => outcome !== 'duplicate')).toEqual([]);
        expect(countedIn(store)).toEqual(countedIn(fresh));
        expect(brokenIn(store)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

const UNUSED_PROFILES = /* sql */ `
  SELECT id FROM profile
  WHERE id NOT IN (
    SELECT profile_id FROM record UNION SELECT shape_id FROM stream
    UNION SELECT shape_id FROM profile WHERE shape_id IS NOT NULL
  )
`;

/** By the rule for days of docs/decisions/roll-ups.md, where it needs no more than begin and end. */
function isForgotten(report: WantedReport, days: number, domain: string | null): boolean {
  if (domain !== null && report.domain !== domain) return false;
  return lastDayOf(report) < MARCH_DAY + days;
}

const RECEIVED_DAY = Math.floor(1_773_000_000 / DAY);

function lastDayOf({ beginSeconds, endSeconds }: WantedReport): number {
  if (beginSeconds == null || endSeconds == null) return RECEIVED_DAY;
  const span = endSeconds - beginSeconds;
  if (span > 31 * DAY) return RECEIVED_DAY;
  if (span <= 26 * 3_600) return Math.floor((beginSeconds + span / 2) / DAY);
  return Math.floor((endSeconds - 1) / DAY);
}
