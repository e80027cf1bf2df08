import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadDocument } from '../../../ingest/document.ts';
import { openWriter } from '../../../server/store/open.ts';
import { aDocument, aMessage, aReport, DAY, MARCH, type WantedReport } from './a-report.ts';
import { contentsOf, digestOf } from './digest.ts';
import { recount } from './recount.ts';
import { migrationsDir, openTempStore, tempDir, testNaming } from './temp-store.ts';

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

/** Commits the documents in batches of the given size, each as a message of its own. */
async function storeOf(documents: readonly ReadDocument[], batchSize: number): Promise<string> {
  const dataDir = tempDir();
  const writer = openWriter({ dataDir, migrationsDir, naming: testNaming });
  const { id: mailboxId } = await writer.ensureFiles();
  for (let from = 0; from < documents.length; from += batchSize) {
    const batch = documents.slice(from, from + batchSize);
    const messages = batch.map((document, at) => aMessage({ mailboxId, uid: from + at }, document));
    await writer.commit(messages, 1_773_000_000 + from);
  }
  await writer.close();
  return dataDir;
}

test('a report, its repeat, two other versions and another report: all 120 orders store the same', async () => {
  const version = (count: number, service: string) =>
    aDocument(
      aReport({
        rows: [{ count, spf: [`${service}.service.example`] }, { sourceIp: '192.0.2.9' }],
      }),
    );
  const first = version(7, 'alpha');
  const documents = [
    first,
    first,
    version(50, 'beta'),
    version(600, 'gamma'),
    aDocument(aReport({ reportId: 'other', rows: [{ count: 20, spf: ['beta.service.example'] }] })),
  ];
  const digests = new Set<string>();
  for (const [index, order] of permutations(documents).entries()) {
    digests.add(digestOf(await storeOf(order, 1 + (index % 5))));
  }
  expect(digests.size).toBe(1);
}, 60_000);

const services = fc.subarray(['alpha.service.example', 'beta.service.example'], { maxLength: 1 });
const anyRow = fc.record({
  sourceIp: fc.constantFrom('192.0.2.1', '192.0.2.2', '198.51.100.1'),
  count: fc.integer({ min: 1, max: 9 }),
  dkimAligned: fc.constantFrom(true, false, null),
  spfAligned: fc.constantFrom(true, false),
  spf: services,
  dkim: services,
});
/** Few names and days, so that repeats, conflicts and renamings are the rule. */
const anyReport: fc.Arbitrary<WantedReport> = fc
  .record({
    orgName: fc.constantFrom('A', 'B'),
    reportId: fc.constantFrom('1', '2'),
    domain: fc.constantFrom('example.org', 'example.net'),
    span: fc.constantFrom(DAY - 1, 0, 2 * DAY, 3 * DAY + 5, 200 * DAY, null),
    rows: fc.array(anyRow, { maxLength: 4 }),
  })
  .map(({ span, ...report }) => ({
    ...report,
    endSeconds: span === null ? null : MARCH + span,
  }));

test('any reports, repeated, in any order and any batches, store the same, and every sum is exact', async () => {
  const cases = fc
    .array(anyReport, { minLength: 1, maxLength: 12 })
    .chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray([...reports, ...reports], { minLength: 2 * reports.length }),
        fc.integer({ min: 1, max: 25 }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(cases, async ([reports, shuffled, batchSize]) => {
      const documentsOf = (wanted: readonly WantedReport[]) =>
        wanted.map((report) => aDocument(aReport(report)));
      const once = contentsOf(await storeOf(documentsOf(reports), 1));
      const dataDir = await storeOf(documentsOf(shuffled), batchSize);
      expect(contentsOf(dataDir)).toEqual(once);
      expect(once).toMatchObject(recount(dataDir, testNaming));
    }),
    { numRuns: 100 },
  );
}, 120_000);

test('a long report that loses to another version is taken back to the last row', async () => {
  const rows = (count: number) =>
    Array.from({ length: 12_000 }, (_, row) => ({
      sourceIp: `10.${row >> 12}.${(row >> 4) & 255}.${row & 15}`,
      count,
      spf: row % 3 === 0 ? ['alpha.service.example'] : [],
    }));
  const versions = [1, 2].map((count) => aDocument(aReport({ rows: rows(count) })));
  const [forth, back] = [await storeOf(versions, 1), await storeOf(versions.toReversed(), 2)];
  expect(digestOf(forth)).toBe(digestOf(back));
  expect(contentsOf(forth)).toMatchObject(recount(forth, testNaming));
}, 60_000);

test('reports spread over many days leave the same sums in any order', async () => {
  const { store, dataDir } = await openTempStore();
  const spread = [1, 2, 5, 31].map((days) =>
    aDocument(
      aReport({
        reportId: `d${days}`,
        endSeconds: MARCH + days * DAY,
        rows: [{ count: 100 }, { count: 1, sourceIp: '192.0.2.2' }],
      }),
    ),
  );
  await store(...spread);
  expect(digestOf(await storeOf(spread.toReversed(), 1))).toBe(digestOf(dataDir));
  expect(contentsOf(dataDir)).toMatchObject(recount(dataDir, testNaming));
});
