import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openWriter, prepareStore } from '../../../server/store/open.ts';
import { aDocument, aMessage, aReport, type WantedReport } from './a-report.ts';
import { anyReport } from './any-reports.ts';
import { migrationsDir, tempDir, testNaming } from './temp-store.ts';

const SCHEMA_BEFORE = 8;

async function storeOf(reports: readonly WantedReport[]): Promise<string> {
  const dataDir = tempDir();
  const writer = openWriter({ dataDir, migrationsDir, naming: testNaming });
  const { id: mailboxId } = await writer.ensureFiles();
  const messages = reports.map((report, uid) =>
    aMessage({ mailboxId, uid }, aDocument(aReport(report))),
  );
  await writer.commit(messages, 1_773_000_000);
  await writer.close();
  return dataDir;
}

function inFile<T>(dataDir: string, use: (database: Database.Database) => T): T {
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const rowsIn = (dataDir: string): unknown[] =>
  inFile(dataDir, (database) =>
    database.prepare('SELECT * FROM unaligned_address ORDER BY 1, 2, 3').all(),
  );

/** The store as the version before left it. */
function takeBack(dataDir: string): void {
  inFile(dataDir, (database) => {
    database.exec('DROP TABLE unaligned_address');
    database.prepare('DELETE FROM migration WHERE version > ?').run(SCHEMA_BEFORE);
    database.pragma(`user_version = ${SCHEMA_BEFORE}`);
  });
}

test('a store of the version before gets the sums that it would have kept', async () => {
  const reports = fc.array(anyReport, { minLength: 1, maxLength: 8 });
  let filled = 0;
  await fc.assert(
    fc.asyncProperty(reports, async (some) => {
      const dataDir = await storeOf(some);
      const kept = rowsIn(dataDir);
      filled += kept.length;
      takeBack(dataDir);
      expect(prepareStore(dataDir, migrationsDir).ok).toBe(true);
      expect(rowsIn(dataDir)).toEqual(kept);
    }),
    { numRuns: 40 },
  );
  expect(filled).toBeGreaterThan(0);
}, 60_000);
