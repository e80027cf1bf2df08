import { randomBytes } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStoreCheck } from '../../../../server/store/check/store-check.ts';
import { aDocument, aRefusal, aReport, sha256 } from '../a-report.ts';
import { openTempStore, type TempStore, testNaming } from '../temp-store.ts';

function keptApartIn({ dataDir }: TempStore): string[] {
  const check = openStoreCheck(dataDir, testNaming);
  try {
    return [...check.keptApart()].map(({ contentSha256 }) => contentSha256);
  } finally {
    check.close();
  }
}

test('bytes of what was refused are found, in the order of their hashes; those of reports are not', async () => {
  const store = await openTempStore();
  await store.store(aRefusal('one'), aDocument(aReport()), aRefusal('two'));
  expect(keptApartIn(store)).toEqual([sha256('one'), sha256('two')].sort());
});

test('each of many costs no look at all reports', async () => {
  const store = await openTempStore();
  await store.store(aDocument(aReport()));
  addMany(store, 20_000, 200);
  const before = performance.now();
  expect(keptApartIn(store).length).toBe(200);
  // Each took 40 ms when the hashes of all reports were gathered anew.
  expect(performance.now() - before).toBeLessThan(3_000);
}, 60_000);

/** Reports like the first one, and kept bytes of none. */
function addMany({ dataDir }: TempStore, reports: number, refused: number): void {
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  const columns = database
    .prepare<[], string>("SELECT name FROM pragma_table_info('report') WHERE name <> 'id'")
    .pluck()
    .all();
  const values = columns.map((name) => (/^(identity|content_sha256)$/.test(name) ? '?' : name));
  const report = database.prepare<[Buffer, Buffer]>(
    `INSERT INTO report (${columns.join()}) SELECT ${values.join()} FROM report WHERE id = 1`,
  );
  const kept = database.prepare<[Buffer]>("INSERT INTO kept VALUES (?, 'identity', 1, 1, x'20')");
  database.transaction(() => {
    for (let n = 0; n < reports; n += 1) report.run(randomBytes(32), randomBytes(32));
    for (let n = 0; n < refused; n += 1) kept.run(randomBytes(32));
  })();
  database.close();
}
