import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { aDocument, aMessage, aReport } from './a-report.ts';
import { openTempStore } from './temp-store.ts';

const everything = { domain: null, from: null, to: null };

const failing = { dkimAligned: false, spfAligned: false };

/** Every table that a commit writes, with what may go wrong in it last. */
const TABLES = [
  ...['message', 'kept', 'report', 'record'],
  ...['address_day', 'stream_day', 'unaligned_address', 'reporter_day'],
];

test.each(TABLES)('where %s cannot be written, nothing of the batch is', async (table) => {
  const { dataDir, mailboxId, writer, reader, query, store } = await openTempStore();
  await store(aDocument(aReport({ reportId: 'before', rows: [{ count: 2 }] })));
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  const fault = `BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'planted'); END`;
  database.exec(`CREATE TRIGGER fault ${fault}`);
  const rows = (): number[] =>
    TABLES.map((name) => query<{ n: number }>(`SELECT count(*) AS n FROM ${name}`)[0]?.n ?? -1);
  const before = rows();
  const batch = ['a', 'b'].map((reportId, index) =>
    aMessage(
      { mailboxId, uid: 100 + index },
      aDocument(aReport({ reportId, rows: [{ ...failing, sourceIp: '198.51.100.7', count: 3 }] })),
    ),
  );

  await expect(writer.commit(batch, 1_773_000_000)).rejects.toThrow();
  expect(rows()).toEqual(before);
  expect((await reader.totals(everything)).tally.messages).toBe(2);

  database.exec('DROP TRIGGER fault');
  database.close();
  const decided = (await writer.commit(batch, 1_773_000_000)).flat();
  expect(decided.map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);
  expect((await reader.totals(everything)).tally.messages).toBe(8);
});
