import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openStoreCheck } from '../../../../server/store/check/store-check.ts';
import { aDocument, aRefusal, aReport, ordinaryMail } from '../a-report.ts';
import { openTempStore, type TempStore, testNaming } from '../temp-store.ts';

function damagedRowsOf({ dataDir }: TempStore): string[] {
  const check = openStoreCheck(dataDir, testNaming);
  try {
    return check.damagedRows().map(({ what, count }) => `${count} ${what}`);
  } finally {
    check.close();
  }
}

async function filledStore(): Promise<TempStore> {
  const store = await openTempStore();
  const report = aReport({ rows: [{ dkim: ['example.org'] }, { sourceIp: '192.0.2.77' }] });
  await store.store(aDocument(report), aRefusal(), ordinaryMail);
  return store;
}

test('nothing is found in a store as it was written, also after messages are decided again', async () => {
  const store = await filledStore();
  expect(damagedRowsOf(store)).toEqual([]);
  const [{ id }] = store.query<{ id: number }>(
    "SELECT message_id AS id FROM document WHERE outcome = 'refused'",
  ) as [{ id: number }];
  await store.writer.decideAgain(id, [aDocument(aReport({ reportId: 'late' }))], 1_773_000_100);
  await store.writer.renameAddresses(null);
  expect(damagedRowsOf(store)).toEqual([]);
});

test.each([
  ['profiles', 'profile', "body = replace(body, 'example.org', 'example.orf')"],
  ['messages of the ledger', 'message', 'size_bytes = size_bytes + 1'],
  ['messages of the ledger', 'message', "header_block = x'00'"],
  ['documents of the ledger', 'document', "name = name || 'x'"],
  ['documents of the ledger', 'document', "part = part || '1'"],
  ['documents of the ledger', 'document', "reason = 'checksum' WHERE outcome = 'refused'"],
  ['documents of the ledger', 'document', "detail = 'other' WHERE outcome = 'refused'"],
  [
    'documents of the ledger',
    'document',
    "content_sha256 = zeroblob(32) WHERE outcome = 'refused'",
  ],
  ['sources', 'source', "name = 'other'"],
  ['sources', 'source', "kind = 'ptr'"],
  ['names of addresses', 'address_name', "evidence = 'other'"],
  ['names of addresses', 'address_name', 'sign_messages = sign_messages + 1'],
])('a change past the program is found: %s (%s, %s)', async (what, table, change) => {
  const store = await filledStore();
  store.run(`UPDATE ${table} SET ${change}`);
  expect(damagedRowsOf(store)).toEqual([
    expect.stringMatching(new RegExp(`^\\d ${what} are not what was written$`)),
  ]);
});

test('an index that disagrees with its table is found', async () => {
  const store = await filledStore();
  await store.reader.close();
  await store.writer.close();
  const file = path.join(store.dataDir, 'ruadmap.db');
  const bytes = readFileSync(file);
  // The address stands in its table and in the index that keeps it unique.
  bytes.write('192.0.2.78', bytes.indexOf('192.0.2.77'), 'latin1');
  expect(bytes.includes('192.0.2.77')).toBe(true);
  writeFileSync(file, bytes);
  expect(damagedRowsOf(store)).toContain('1 the database is damaged');
});

test('rows of an earlier version, which carry no check, are left alone', async () => {
  const store = await filledStore();
  store.run(`
    UPDATE source SET crc = NULL, name = 'as it was';
    UPDATE address_name SET crc = NULL;
    UPDATE document SET crc = NULL;
    UPDATE message SET crc = NULL;
  `);
  expect(damagedRowsOf(store)).toEqual([]);
});
