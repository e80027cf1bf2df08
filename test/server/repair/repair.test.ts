import { hash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../../ingest/limits.ts';
import { createDocumentReader } from '../../../ingest/read-document.ts';
import { reparseReports } from '../../../server/repair/reparse.ts';
import { retryRefused } from '../../../server/repair/retry.ts';
import { verifyStore } from '../../../server/repair/verify.ts';
import { openRefusedDocuments } from '../../../server/store/check/refused-documents.ts';
import { openStoreCheck } from '../../../server/store/check/store-check.ts';
import { recordXml, reportXml } from '../../ingest/a-report.ts';
import { openTempStore, type TempStore, testNaming } from '../store/temp-store.ts';

const NOW = 1_773_000_000;
const EVERYTHING = { beforeDay: 40_000, domain: null };
const reader = createDocumentReader(defaultLimits);

const xmlOf = (serial: number): string =>
  reportXml({ reportId: `r-${serial}`, records: recordXml({ count: '5' }) });

async function storeWith(...texts: (string | Buffer)[]): Promise<TempStore> {
  const store = await openTempStore();
  for (const text of texts) {
    const place = { part: '', name: 'report.xml', position: 0 };
    await store.store(...(await reader.readAttachment(Buffer.from(text), place, NOW)));
  }
  return store;
}

async function reparse({ dataDir, writer }: TempStore, meanwhile: () => Promise<unknown>) {
  const check = openStoreCheck(dataDir, testNaming);
  try {
    const slow = {
      readKept: async (...given: Parameters<typeof reader.readKept>) => {
        await meanwhile();
        return reader.readKept(...given);
      },
    };
    return await reparseReports(check, slow, writer, null);
  } finally {
    check.close();
  }
}

async function findingsIn({ dataDir }: TempStore): Promise<string[]> {
  const check = openStoreCheck(dataDir, testNaming);
  try {
    return (await verifyStore(check, reader)).findings.map(({ what }) => what);
  } finally {
    check.close();
  }
}

async function retry({ dataDir, writer }: TempStore) {
  const refused = openRefusedDocuments(dataDir);
  try {
    return await retryRefused(
      { reader, writer, nowSeconds: () => NOW, refused: refused.list },
      null,
    );
  } finally {
    refused.close();
  }
}

test('a report that is forgotten while it is read again stays forgotten', async () => {
  const store = await storeWith(xmlOf(1), xmlOf(2));
  store.run(`UPDATE report SET errors = '["of an older reading"]'`);
  const done = await reparse(store, () => store.writer.forget(EVERYTHING, NOW));
  expect(done).toMatchObject({ reports: 0, changed: [], refused: [] });
  const { reports, tally } = await store.reader.totals({ domain: null, from: null, to: null });
  expect([reports, tally.messages]).toEqual([0, 0]);
  expect(store.query('SELECT count(*) AS n FROM record')).toEqual([{ n: 0 }]);
});

test('verification of a report that is forgotten meanwhile finds nothing wrong with it', async () => {
  const store = await storeWith(xmlOf(1), xmlOf(2));
  const check = openStoreCheck(store.dataDir, testNaming);
  const [first] = check.reports(null);
  await store.writer.forget(EVERYTHING, NOW);
  expect(first).toMatchObject({
    value: { records: 1, messages: 5 },
    kept: { encoding: 'deflate-raw' },
  });
  expect([...check.reports(null)]).toEqual([]);
  check.close();
});

const ofReport = (serial: number): string =>
  `content_sha256 = (SELECT content_sha256 FROM report WHERE report_id = 'r-${serial}')`;

test.each<[string, string, string]>([
  ['are no packed bytes any more', "bytes = x'ffffff'", 'invalid'],
  ['unpack to another report', `bytes = x'${deflateRawSync(xmlOf(9)).toString('hex')}'`, 'hash'],
])('kept bytes that %s are told, and stop no other report', async (_, change, why) => {
  const store = await storeWith(xmlOf(1), xmlOf(2));
  store.run(`UPDATE kept SET ${change} WHERE ${ofReport(1)}`);
  const done = await reparse(store, async () => undefined);
  expect(done).toMatchObject({ reports: 2, unchanged: 1, changed: [] });
  expect(done.refused).toEqual([
    { id: 1, reason: 'damaged', detail: expect.stringContaining(why) as string },
  ]);
});

test('damaged bytes of what was refused do not stop the others from being tried', async () => {
  const store = await storeWith(xmlOf(1).slice(0, 300), xmlOf(2).slice(0, 300));
  store.run(
    "UPDATE kept SET bytes = x'ffffff' WHERE content_sha256 = (SELECT content_sha256 FROM document LIMIT 1)",
  );
  const outcomes = (await retry(store)).map(({ outcome }) => outcome).sort();
  expect(outcomes).toEqual(['looked-at-anew', 'refused-again']);
});

test('several documents out of several attachments of one mail get a row each', async () => {
  const packed = (from: number): Buffer =>
    Buffer.concat([from, from + 1, from + 2].map((serial) => gzipSync(xmlOf(serial))));
  const store = await openTempStore();
  // As a program would have refused them that reads one member of a gzip file alone.
  const strict = createDocumentReader({ ...defaultLimits, gzipMembers: 0 });
  const documents = (
    await Promise.all(
      [packed(1), packed(4)].map((bytes, position) =>
        strict.readAttachment(bytes, { part: `${position}`, name: 'r.gz', position }, NOW),
      ),
    )
  ).flat();
  expect(documents.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  const key = { mailboxId: store.mailboxId, uidValidity: '1', uid: 1, name: '' };
  await store.writer.commit([{ key, sizeBytes: 1, headerBlock: null, documents }], NOW);
  expect((await retry(store)).map(({ outcome }) => outcome)).toEqual(['counted', 'counted']);
  expect(
    store.query('SELECT position, outcome, report_id IS NOT NULL AS has FROM document ORDER BY 1'),
  ).toEqual([0, 1, 2, 3, 4, 5].map((position) => ({ position, outcome: 'stored', has: 1 })));
  expect(await findingsIn(store)).toEqual([]);
});

test('what was set aside and is brought again is tried before it is read', async () => {
  const store = await openTempStore();
  const key = { mailboxId: store.mailboxId, uidValidity: hash('sha256', 'x'), uid: 0, name: 'x' };
  await store.writer.beginAttempts([key], NOW);
  await store.writer.markMessages([key], 'set-aside', NOW);
  expect(await store.writer.attemptsOf(key)).toBe(1);
  const inbox = { ...key, uidValidity: '1', uid: 7, name: '' };
  await store.writer.markMessages([inbox], 'set-aside', NOW);
  const [{ id } = { id: 0 }] = store.query<{ id: number }>('SELECT id FROM message WHERE uid = 7');
  await store.writer.putBack([id]);
  expect(await store.writer.open(store.mailboxId, '1')).toEqual([{ uid: 7, attempts: 1 }]);
});
