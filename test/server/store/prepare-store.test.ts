import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openForWriting } from '../../../server/store/connection.ts';
import { openReader, openWriter, prepareStore } from '../../../server/store/open.ts';
import { aDocument, aMessage, aReport } from './a-report.ts';
import { migrationsDir, openTempStore, tempDir, testNaming } from './temp-store.ts';

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const reasonOf = (dataDir: string, migrations = migrationsDir): string => {
  const prepared = prepareStore(dataDir, migrations);
  return prepared.ok ? 'ok' : prepared.problem.reason;
};

/** A prepared store with a few reports, closed again. */
async function aStore(): Promise<{ dataDir: string; file: string }> {
  const dataDir = tempDir();
  const writer = openWriter({ dataDir, migrationsDir, naming: testNaming });
  const { id: mailboxId } = await writer.ensureFiles();
  const messages = Array.from({ length: 50 }, (_, uid) => {
    const rows = Array.from({ length: 40 }, (_, row) => ({ sourceIp: `192.0.2.${row}` }));
    return aMessage({ mailboxId, uid }, aDocument(aReport({ reportId: `r${uid}`, rows })));
  });
  await writer.commit(messages, 1_773_000_000);
  await writer.close();
  return { dataDir, file: path.join(dataDir, 'ruadmap.db') };
}

test('the first run makes a directory and files that only their owner can read', async () => {
  const dataDir = path.join(tempDir(), 'new', 'data');
  const writer = openWriter({ dataDir, migrationsDir, naming: testNaming });
  await writer.ensureFiles();
  const reader = openReader({ dataDir });
  await reader.schemaVersion();
  expect(modeOf(dataDir)).toBe('700');
  expect(readdirSync(dataDir).map((name) => [name, modeOf(path.join(dataDir, name))])).toEqual([
    ['ruadmap.created', '600'],
    ['ruadmap.db', '600'],
    ['ruadmap.db-shm', '600'],
    ['ruadmap.db-wal', '600'],
  ]);
  await reader.close();
  await writer.close();
});

test('preparing again changes nothing and says the schema version', async () => {
  const { dataDir } = await aStore();
  const migrations = readdirSync(migrationsDir).filter((name) => name.endsWith('.sql'));
  const value = { schemaVersion: migrations.length };
  expect(prepareStore(dataDir, migrationsDir)).toEqual({ ok: true, value });
  expect(prepareStore(dataDir, migrationsDir)).toEqual({ ok: true, value });
});

test('a writing connection waits for the disk, also once its WAL is in use', async () => {
  const { file } = await aStore();
  const database = openForWriting(file);
  database.exec('CREATE TABLE scratch (id INTEGER)');
  const read = (pragma: string): unknown => database.pragma(pragma, { simple: true });
  expect(read('journal_mode')).toBe('wal');
  expect(read('synchronous')).toBe(2);
  expect(read('foreign_keys')).toBe(1);
  expect(read('trusted_schema')).toBe(0);
  expect(read('cell_size_check')).toBe(1);
  database.close();
});

test('a reader cannot write', async () => {
  const { dataDir } = await openTempStore();
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  expect(() => database.exec('DELETE FROM mailbox')).toThrow(/readonly/);
  database.close();
});

test('a database of a newer version is refused and stays as it is', async () => {
  const { dataDir, file } = await aStore();
  const database = new Database(file);
  database.pragma('user_version = 999');
  database.close();
  const before = readFileSync(file);
  expect(reasonOf(dataDir)).toBe('newer-schema');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('an edited migration is refused', async () => {
  const { dataDir } = await aStore();
  const edited = mkdtempSync(path.join(tempDir(), 'migrations-'));
  for (const name of readdirSync(migrationsDir)) {
    copyFileSync(path.join(migrationsDir, name), path.join(edited, name));
  }
  writeFileSync(path.join(edited, '001_ledger.sql'), '-- nothing\n');
  expect(reasonOf(dataDir, edited)).toBe('migration-changed');
});

test('a migration sorts in a file, whatever the size of the store', async () => {
  const { dataDir, file } = await aStore();
  const more = mkdtempSync(path.join(tempDir(), 'migrations-'));
  for (const name of readdirSync(migrationsDir)) {
    copyFileSync(path.join(migrationsDir, name), path.join(more, name));
  }
  const { length } = readdirSync(migrationsDir).filter((name) => name.endsWith('.sql'));
  const next = path.join(more, `${String(length + 1).padStart(3, '0')}_next.sql`);
  writeFileSync(next, 'CREATE TABLE sorted AS SELECT temp_store AS place FROM pragma_temp_store;');
  expect(prepareStore(dataDir, more).ok).toBe(true);
  const database = new Database(file, { readonly: true });
  // As PRAGMA temp_store tells it: 1 a file, 2 memory.
  expect(database.prepare('SELECT place FROM sorted').pluck().get()).toBe(1);
  database.close();
});

test('a migration that fails leaves the version before it, whole', async () => {
  const { dataDir, file } = await aStore();
  const { length } = readdirSync(migrationsDir).filter((name) => name.endsWith('.sql'));
  const more = mkdtempSync(path.join(tempDir(), 'migrations-'));
  for (const name of readdirSync(migrationsDir)) {
    copyFileSync(path.join(migrationsDir, name), path.join(more, name));
  }
  const next = path.join(more, `${String(length + 1).padStart(3, '0')}_next.sql`);
  writeFileSync(next, 'CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);');
  expect(() => prepareStore(dataDir, more)).toThrow(/nowhere/);
  const database = new Database(file, { readonly: true });
  expect(database.pragma('user_version', { simple: true })).toBe(length);
  const half = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get();
  expect(half).toBeUndefined();
  database.close();
  writeFileSync(next, 'CREATE TABLE whole (id INTEGER) STRICT;');
  const prepared = prepareStore(dataDir, more);
  expect(prepared).toEqual({ ok: true, value: { schemaVersion: length + 1 } });
});

const damages: [what: string, damage: (file: string) => void][] = [
  ['a header overwritten with other bytes', (file) => overwrite(file, 0, 100)],
  ['three pages overwritten', (file) => overwrite(file, 5 * 4_096, 3 * 4_096)],
  ['an end cut off', (file) => truncateSync(file, statSync(file).size - 4 * 4_096)],
  ['a text file in its place', (file) => writeFileSync(file, 'not a database\n'.repeat(500))],
];
for (const [what, damage] of damages) {
  test(`${what} is refused and stays as it is`, async () => {
    const { dataDir, file } = await aStore();
    damage(file);
    const before = readFileSync(file);
    expect(reasonOf(dataDir)).toBe('damaged');
    expect(() => openWriter({ dataDir, migrationsDir, naming: testNaming })).toThrow(
      expect.objectContaining({ code: 'damaged' }) as Error,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });
}

function overwrite(file: string, from: number, length: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, from + length);
  writeFileSync(file, bytes);
}

test('an emptied database is not taken for a first run', async () => {
  const { dataDir, file } = await aStore();
  writeFileSync(file, '');
  expect(reasonOf(dataDir)).toBe('missing');
  expect(statSync(file).size).toBe(0);
});

test('a deleted database is not taken for a first run', async () => {
  const { dataDir, file } = await aStore();
  rmSync(file);
  expect(reasonOf(dataDir)).toBe('missing');
  expect(readdirSync(dataDir)).not.toContain('ruadmap.db');
});

test('a first run that was cut off before it made anything is begun again', () => {
  const dataDir = tempDir();
  writeFileSync(path.join(dataDir, 'ruadmap.db'), '');
  expect(reasonOf(dataDir)).toBe('ok');
});

test('the database of another program is refused', () => {
  const dataDir = tempDir();
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  database.exec('CREATE TABLE theirs (id INTEGER)');
  database.close();
  expect(reasonOf(dataDir)).toBe('foreign');
});

test('a data directory that is no directory is a problem in words', () => {
  const dataDir = path.join(tempDir(), 'file');
  writeFileSync(dataDir, '');
  expect(reasonOf(dataDir)).toBe('unreadable');
});

test('migrations with a gap in their numbers are a bug', () => {
  const dataDir = tempDir();
  const gap = path.join(dataDir, 'migrations');
  mkdirSync(gap);
  writeFileSync(path.join(gap, '002_second.sql'), '');
  expect(() => prepareStore(dataDir, gap)).toThrow(/out of sequence/);
});

test('what a killed writer left in the WAL is there after a restart', async () => {
  const { dataDir, file } = await aStore();
  const writer = openWriter({ dataDir, migrationsDir, naming: testNaming });
  const { id: mailboxId } = await writer.ensureFiles();
  const document = aDocument(aReport({ reportId: 'late' }));
  await writer.commit([aMessage({ mailboxId, uid: 900 }, document)], 1_773_000_000);
  const killed = tempDir();
  for (const name of ['ruadmap.db', 'ruadmap.db-wal', 'ruadmap.created']) {
    copyFileSync(path.join(path.dirname(file), name), path.join(killed, name));
  }
  await writer.close();
  expect(reasonOf(killed)).toBe('ok');
  const reader = openReader({ dataDir: killed });
  const { reports } = await reader.totals({ domain: null, from: null, to: null });
  expect(reports).toBe(51);
  await reader.close();
});
