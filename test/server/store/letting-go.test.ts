import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadDocument } from '../../../ingest/document.ts';
import type { LetGoBefore } from '../../../server/store/store.ts';
import { openStoreCheck } from '../../../server/store/check/store-check.ts';
import { aDocument, aMessage, aRefusal, aReport, DAY, ordinaryMail } from './a-report.ts';
import { anyReport } from './any-reports.ts';
import { contentsOf } from './digest.ts';
import { openTempStore, type TempStore, testNaming } from './temp-store.ts';

const START = 1_773_000_000;
const everything = { domain: null, from: null, to: null };
const nothing: LetGoBefore = { xml: null, refused: null, otherMail: null };

/** Commits a message of the folder `1` at this moment. */
const arrive = async (
  { writer, mailboxId }: TempStore,
  uid: number,
  atSeconds: number,
  ...documents: ReadDocument[]
) => (await writer.commit([aMessage({ mailboxId, uid }, ...documents)], atSeconds)).flat();

const readUpTo = ({ writer, mailboxId }: TempStore, seenUpToUid: number) =>
  writer.saveFolderProgress(mailboxId, { uidValidity: '1', seenUpToUid });

const listed = async ({ reader }: TempStore): Promise<number[]> =>
  (await reader.ledger({ mailboxId: null, outcome: null }, null, 500)).items
    .map(({ uid }) => uid)
    .sort((a, b) => a - b);

const keptCount = ({ query }: TempStore): number =>
  query<{ n: number }>('SELECT count(*) AS n FROM kept')[0]?.n ?? -1;

/** Everything of the reports but their kept bytes. */
const reportsOf = ({ dataDir }: TempStore) => ({ ...contentsOf(dataDir), kept: [] });

const brokenIn = ({ dataDir }: TempStore) => {
  const check = openStoreCheck(dataDir, testNaming);
  try {
    return [...check.brokenRules(), ...check.brokenSums()];
  } finally {
    check.close();
  }
};

test('bytes go by their age, those of reports and those of what could not be read apart', async () => {
  const store = await openTempStore();
  await arrive(store, 1, START, aDocument(aReport({ reportId: 'old' })));
  await arrive(store, 2, START, aRefusal('old'));
  await arrive(store, 3, START + DAY, aDocument(aReport({ reportId: 'new' })));
  await arrive(store, 4, START + DAY, aRefusal('new'));
  const { writer } = store;
  expect(await writer.letGo(nothing)).toEqual({ xml: 0, refused: 0, otherMail: 0 });
  expect(await writer.letGo({ ...nothing, refused: START + 1 })).toMatchObject({ refused: 1 });
  expect(keptCount(store)).toBe(3);
  expect(await writer.letGo({ ...nothing, xml: START + 1 })).toMatchObject({ xml: 1 });
  expect(keptCount(store)).toBe(2);
  expect(await writer.letGo({ ...nothing, xml: START + 2 * DAY })).toMatchObject({ xml: 1 });
  expect(store.query('SELECT count(*) AS n FROM kept_refused')).toEqual([{ n: 1 }]);
  expect(keptCount(store)).toBe(1);
  expect(await listed(store)).toEqual([1, 2, 3, 4]);
});

test('bytes that were refused once and are a report now are kept as a report’s', async () => {
  const store = await openTempStore();
  const report = aDocument(aReport());
  const refusal = aRefusal();
  if (refusal.outcome !== 'refused') throw new Error('It was refused.');
  await arrive(store, 1, START, { ...refusal, contentSha256: report.contentSha256 });
  await arrive(store, 2, START, report);
  expect(await store.writer.letGo({ ...nothing, refused: START + DAY })).toMatchObject({
    refused: 0,
  });
  expect(keptCount(store)).toBe(1);
});

test('only rows of mail that was no report go, and what was seen stays counted', async () => {
  const store = await openTempStore();
  const { writer, reader, mailboxId } = store;
  await arrive(store, 1, START, ordinaryMail);
  await arrive(store, 2, START, aDocument(aReport()));
  await arrive(store, 3, START, aRefusal());
  await arrive(store, 4, START, aDocument(aReport({ reportId: 'x' })), ordinaryMail);
  await arrive(store, 5, START + DAY, ordinaryMail);
  await writer.markMessages(
    [{ mailboxId, uidValidity: '1', uid: 6, name: '' }],
    'unresolved',
    START,
  );
  await readUpTo(store, 6);
  const before = await reader.ledgerCounts();
  expect(await writer.letGo({ ...nothing, otherMail: START + 1 })).toMatchObject({ otherMail: 1 });
  expect(await listed(store)).toEqual([2, 3, 4, 5, 6]);
  const letGo = { messages: 1, documents: 1 };
  expect(await reader.ledgerCounts()).toEqual(before.map((counts) => ({ ...counts, letGo })));
});

test('a row that the folder’s next look needs stays until the folder was read beyond it', async () => {
  const store = await openTempStore();
  const { writer, mailboxId } = store;
  await arrive(store, 7, START, ordinaryMail);
  await arrive(store, 9, START, ordinaryMail);
  await readUpTo(store, 8);
  await writer.letGo({ ...nothing, otherMail: START + DAY });
  expect(await listed(store)).toEqual([9]);
  expect(await writer.undecided(mailboxId, '1', [9])).toEqual([]);
  // The folder numbers its mail anew: the old numbers mean nothing any more.
  await writer.saveFolderProgress(mailboxId, { uidValidity: '2', seenUpToUid: 0 });
  await writer.letGo({ ...nothing, otherMail: START + DAY });
  expect(await listed(store)).toEqual([]);
});

test('rows of more than one transaction all go', async () => {
  const store = await openTempStore();
  const { writer, mailboxId } = store;
  const mails = Array.from({ length: 1_203 }, (_, at) =>
    aMessage({ mailboxId, uid: at + 1 }, at % 3 === 0 ? aRefusal(`refused ${at}`) : ordinaryMail),
  );
  await writer.commit(mails, START);
  await readUpTo(store, 2_000);
  expect(await writer.letGo({ xml: START, refused: START + 1, otherMail: START + 1 })).toEqual({
    ...{ xml: 0, refused: 401, otherMail: 802 },
  });
  expect(keptCount(store)).toBe(0);
  expect(await listed(store)).toHaveLength(401);
});

const anyArrival = fc.oneof(
  { weight: 4, arbitrary: anyReport.map((report) => aDocument(aReport(report))) },
  { weight: 1, arbitrary: fc.nat(3).map((n) => aRefusal(`refused ${n}`)) },
  { weight: 2, arbitrary: fc.constant(ordinaryMail) },
);

test('property: letting go changes no total, and nothing counts twice when all is seen again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyArrival, { minLength: 1, maxLength: 12 }),
      fc.record({ xml: fc.nat(13), refused: fc.nat(13), otherMail: fc.nat(13) }),
      async (arrivals, days) => {
        const store = await openTempStore();
        for (const [at, document] of arrivals.entries())
          await arrive(store, at + 1, START + at * DAY, document);
        await readUpTo(store, arrivals.length);
        const before = reportsOf(store);
        const totals = await store.reader.totals(everything);
        const [counts] = await store.reader.ledgerCounts();
        const at = (count: number): number => START + count * DAY;
        const { xml, refused, otherMail } = days;
        await store.writer.letGo({ xml: at(xml), refused: at(refused), otherMail: at(otherMail) });
        expect(reportsOf(store)).toEqual(before);
        expect(await store.reader.totals(everything)).toEqual(totals);
        const [now] = await store.reader.ledgerCounts();
        expect({ ...now, letGo: null }).toEqual({ ...counts, letGo: null });
        expect(brokenIn(store)).toEqual([]);

        // As after a change of UIDVALIDITY: every mail is looked at again, under another number.
        const key = (uid: number) => ({ mailboxId: store.mailboxId, uidValidity: '2', uid });
        const again = arrivals.map((document, uid) => aMessage(key(uid + 1), document));
        const decided = (await store.writer.commit(again, START + 99 * DAY)).flat();
        expect(decided.filter(({ outcome }) => ['stored', 'conflict'].includes(outcome))).toEqual(
          [],
        );
        expect(reportsOf(store)).toEqual(before);
        expect(await store.reader.totals(everything)).toEqual(totals);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
