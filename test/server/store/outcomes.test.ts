import path from 'node:path';
import { expect, test } from 'vitest';
import { openForWriting } from '../../../server/store/connection.ts';
import type { SourceNaming } from '../../../server/store/store.ts';
import { createWriter } from '../../../server/store/write/writer.ts';
import { aDocument, aMessage, aRefusal, aReport, DAY, MARCH, ordinaryMail } from './a-report.ts';
import { contentsOf, digestOf } from './digest.ts';
import { openTempStore, testNaming } from './temp-store.ts';

const everything = { domain: null, from: null, to: null };

test('a new report is stored, with its sums', async () => {
  const { store, reader } = await openTempStore();
  const report = aReport({
    rows: [{ count: 3 }, { count: 4, dkimAligned: false, spfAligned: false }],
    refusedRows: [{ position: 2, reason: 'count-invalid', detail: 'x' }],
    warnings: ['rows-refused'],
  });
  const [decided] = await store(aDocument(report));
  expect(decided).toMatchObject({
    ...{ outcome: 'stored', reason: null, detail: null, records: 3, refusedRows: 1, messages: 7 },
  });
  const totals = await reader.totals(everything);
  expect(totals).toMatchObject({ reports: 1, records: 3 });
  expect(totals.tally).toMatchObject({ messages: 7, dmarcAligned: 3, neither: 4 });
});

test('the same bytes again are a duplicate, told with their own sums, and count once', async () => {
  const { store, reader, dataDir } = await openTempStore();
  const document = aDocument(aReport({ rows: [{ count: 5 }] }));
  const [first] = await store(document);
  const digest = digestOf(dataDir);
  const again = await store(document, document);
  for (const decided of again) {
    expect(decided).toMatchObject({ outcome: 'duplicate', records: 1, messages: 5 });
    expect(decided.reportId).toBe(first?.reportId);
  }
  expect(digestOf(dataDir)).toBe(digest);
  expect((await reader.totals(everything)).tally.messages).toBe(5);
});

test('one message with the same report twice brings one and a duplicate', async () => {
  const { writer, mailboxId } = await openTempStore();
  const document = aDocument(aReport());
  const [decided] = await writer.commit([aMessage({ mailboxId, uid: 1 }, document, document)], 1);
  expect(decided?.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate']);
});

test('reports that share no more than their id are different reports', async () => {
  const { store, reader } = await openTempStore();
  const decided = await store(
    aDocument(aReport({ orgName: 'A' })),
    aDocument(aReport({ orgName: 'B' })),
    aDocument(aReport({ orgName: 'A', domain: 'example.net' })),
    aDocument(aReport({ orgName: 'A', beginSeconds: MARCH + DAY, endSeconds: MARCH + 2 * DAY })),
  );
  expect(decided.map(({ outcome }) => outcome)).toEqual(['stored', 'stored', 'stored', 'stored']);
  expect((await reader.totals(everything)).reports).toBe(4);
});

for (const order of ['smaller hash first', 'smaller hash last'] as const) {
  test(`of two versions both are kept and one counts: ${order}`, async () => {
    const { store, reader } = await openTempStore();
    const versions = [3, 40].map((count) => aDocument(aReport({ rows: [{ count }] })));
    versions.sort((a, b) => ((a.contentSha256 ?? '') < (b.contentSha256 ?? '') ? -1 : 1));
    const [winner] = versions;
    if (order === 'smaller hash last') versions.reverse();
    const decided = await store(...versions);
    expect(decided.map(({ outcome }) => outcome)).toEqual(['stored', 'conflict']);
    const { items } = await reader.reports(
      { ...everything, orgName: null, sourceId: null, sourceIp: null },
      ...([null, 10] as const),
    );
    expect(items.map(({ counted }) => counted).sort()).toEqual([false, true]);
    const details = await Promise.all(items.map(({ id }) => reader.report(id)));
    const counted = details.find((detail) => detail?.counted === true);
    expect(counted?.contentSha256).toBe(winner?.contentSha256);
    expect(counted?.versions).toHaveLength(1);
    const totals = await reader.totals(everything);
    expect(totals).toMatchObject({ reports: 1, records: 1 });
    expect(totals.tally.messages).toBe(counted?.messages);
  });
}

test('a refused candidate keeps its reason and its bytes', async () => {
  const { store, reader } = await openTempStore();
  const refusal = aRefusal('PK cut off');
  const [decided] = await store(refusal);
  expect(decided).toMatchObject({
    ...{ outcome: 'refused', reason: 'truncated', detail: 'The archive ends too early.' },
    ...{ reportId: null, records: 0, messages: 0 },
  });
  const kept = await reader.keptBytes(refusal.contentSha256 ?? '');
  expect(kept).toEqual({
    ...{ encoding: 'identity', bytes: Buffer.from('PK cut off'), inflatedBytes: 10 },
  });
});

test('nothing is kept of what proved not to be a report', async () => {
  const { store, query } = await openTempStore();
  const [decided] = await store(ordinaryMail);
  expect(decided).toMatchObject({ outcome: 'not-a-report', reason: 'ordinary-mail' });
  expect(query('SELECT * FROM kept')).toEqual([]);
});

test('bytes are kept once, however often they come', async () => {
  const { store, query } = await openTempStore();
  await store(aDocument(aReport()), aDocument(aReport()), aRefusal(), aRefusal());
  expect(query('SELECT count(*) AS found FROM kept')).toEqual([{ found: 2 }]);
});

test('a message that is committed again keeps what was decided, and says duplicate', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const message = aMessage({ mailboxId, uid: 1 }, aDocument(aReport()), aRefusal(), ordinaryMail);
  const outcomes = async () =>
    (await writer.commit([message], 9))[0]?.map(({ outcome }) => outcome);
  expect(await outcomes()).toEqual(['stored', 'refused', 'not-a-report']);
  const before = await reader.ledger({ mailboxId, outcome: null }, null, 10);
  expect(await outcomes()).toEqual(['duplicate', 'refused', 'not-a-report']);
  expect(await reader.ledger({ mailboxId, outcome: null }, null, 10)).toEqual(before);
  expect(before.items[0]?.documents.map(({ outcome }) => outcome)).toEqual([
    ...['stored', 'refused', 'not-a-report'],
  ]);
});

test('a refused document is decided anew by a better reading', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const key = { mailboxId, uid: 1 };
  await writer.commit([aMessage(key, aRefusal())], 1);
  const [decided] = await writer.commit([aMessage(key, aDocument(aReport()))], 2);
  expect(decided?.[0]?.outcome).toBe('stored');
  const { items } = await reader.ledger({ mailboxId, outcome: null }, null, 10);
  expect(items).toHaveLength(1);
  expect(items[0]?.documents).toMatchObject([{ outcome: 'stored', reason: null }]);
});

test('a report that was stored is not unsaid by a worse reading of its message', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const key = { mailboxId, uid: 1 };
  await writer.commit([aMessage(key, aDocument(aReport()))], 1);
  const [decided] = await writer.commit([aMessage(key, aRefusal())], 2);
  expect(decided?.[0]?.outcome).toBe('duplicate');
  const { items } = await reader.ledger({ mailboxId, outcome: null }, null, 10);
  expect(items[0]?.documents).toMatchObject([{ outcome: 'stored' }]);
});

test('another report at the place of a stored one is stored too', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const key = { mailboxId, uid: 1 };
  const [a, b] = [aDocument(aReport()), aDocument(aReport({ reportId: 'r2' }))];
  await writer.commit([aMessage(key, a)], 1);
  const [decided] = await writer.commit([aMessage(key, b, a)], 2);
  expect(decided?.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate']);
  expect((await reader.totals(everything)).reports).toBe(2);
});

test('an exception inside a batch leaves nothing of it, in the file or in memory', async () => {
  let broken = true;
  const naming: SourceNaming = {
    ...testNaming,
    nameOf: (sourceIp, ...known) => {
      if (broken && sourceIp === '203.0.113.1') throw new Error('a bug');
      return testNaming.nameOf(sourceIp, ...known);
    },
  };
  const { writer, dataDir, mailboxId, query } = await openTempStore(naming);
  const calm = await openTempStore();
  const good = aMessage({ mailboxId, uid: 1 }, aDocument(aReport()));
  const rows = [{ sourceIp: '192.0.2.1' }, { sourceIp: '203.0.113.1', spf: ['a.service.example'] }];
  const bad = aMessage({ mailboxId, uid: 2 }, aDocument(aReport({ domain: 'example.net', rows })));
  const empty = contentsOf(dataDir);
  await expect(writer.commit([good, bad], 1)).rejects.toThrow('a bug');
  expect(contentsOf(dataDir)).toEqual(empty);
  for (const table of ['message', 'document', 'address', 'profile', 'policy_domain', 'source']) {
    expect(query(`SELECT * FROM ${table}`), table).toEqual([]);
  }
  broken = false;
  await writer.commit([good, bad], 1);
  await calm.writer.commit([bad, good], 1);
  expect(contentsOf(dataDir)).toEqual(contentsOf(calm.dataDir));
});

test('a full disk is a StoreProblem, and the same batch succeeds once there is room', async () => {
  const { dataDir, mailboxId } = await openTempStore();
  const calm = await openTempStore();
  const database = openForWriting(path.join(dataDir, 'ruadmap.db'));
  const writer = createWriter(database, testNaming);
  const rows = Array.from({ length: 3_000 }, (_, row) => ({
    sourceIp: `10.0.${row >> 8}.${row & 255}`,
  }));
  const message = aMessage({ mailboxId, uid: 1 }, aDocument(aReport({ rows })));
  const empty = contentsOf(dataDir);
  database.pragma('max_page_count = 60');
  await expect(writer.commit([message], 1)).rejects.toMatchObject({ code: 'disk-full' });
  expect(contentsOf(dataDir)).toEqual(empty);
  database.pragma('max_page_count = 100000');
  await writer.commit([message], 1);
  await writer.close();
  await calm.writer.commit([message], 1);
  expect(contentsOf(dataDir)).toEqual(contentsOf(calm.dataDir));
});

test('a database that another process keeps locked is a StoreProblem to wait for', async () => {
  const { dataDir, mailboxId } = await openTempStore();
  const file = path.join(dataDir, 'ruadmap.db');
  const [database, other] = [openForWriting(file), openForWriting(file)];
  const writer = createWriter(database, testNaming);
  database.pragma('busy_timeout = 20');
  other.exec('BEGIN IMMEDIATE');
  const message = aMessage({ mailboxId, uid: 1 }, aDocument(aReport()));
  await expect(writer.commit([message], 1)).rejects.toMatchObject({ code: 'busy' });
  other.exec('ROLLBACK');
  const [decided] = await writer.commit([message], 1);
  expect(decided?.[0]?.outcome).toBe('stored');
  await writer.close();
  other.close();
});
