import { copyFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { type Patience, patiently } from '../../server/patient-writer.ts';
import { type Connection, openForWriting } from '../../server/store/connection.ts';
import { openSettings } from '../../server/store/open.ts';
import { createWriter } from '../../server/store/write/writer.ts';
import { aDocument, aMessage, aReport } from './store/a-report.ts';
import { openTempStore, type TempStore, testNaming } from './store/temp-store.ts';

const NOW_SECONDS = 1_773_000_000;

interface Rig {
  store: TempStore;
  file: string;
  database: Connection;
  patience: Patience;
  /** Everything that was told, in order. */
  told: (string | null)[];
}

let closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

async function aRig(): Promise<Rig> {
  const store = await openTempStore();
  const file = path.join(store.dataDir, 'ruadmap.db');
  const database = openForWriting(file);
  database.pragma('busy_timeout = 20');
  const told: (string | null)[] = [];
  const patience = patiently(createWriter(database, testNaming), {
    onPause: (message) => told.push(message),
    firstWaitMs: 5,
    longestWaitMs: 20,
  });
  closing.push(() => database.close());
  return { store, file, database, patience, told };
}

/** A batch that needs some hundred pages. */
const largeBatch = (mailboxId: number) =>
  Array.from({ length: 20 }, (_, uid) => {
    const rows = Array.from({ length: 60 }, (__, row) => ({ sourceIp: `192.0.${uid}.${row}` }));
    const report = aReport({ reportId: `large ${uid}`, rows });
    return aMessage({ mailboxId, uid: 100 + uid }, aDocument(report));
  });

const reportsIn = ({ store }: Rig): unknown[] => store.query('SELECT id FROM report');

function makeFull({ database }: Rig): void {
  const pages = database.pragma('page_count', { simple: true }) as number;
  database.pragma(`max_page_count = ${pages + 4}`);
}
const makeRoom = ({ database }: Rig): unknown => database.pragma('max_page_count = 1000000');

test('a commit into a full store waits until there is room, and is told once each way', async () => {
  const rig = await aRig();
  makeFull(rig);
  const committed = rig.patience.writer.commit(largeBatch(rig.store.mailboxId), NOW_SECONDS);
  await expect.poll(() => rig.told.length).toBe(1);
  await sleep(60);
  expect(rig.told).toEqual([expect.stringMatching(/^The disk is full: .*Free some/)]);
  expect(reportsIn(rig)).toHaveLength(0);
  makeRoom(rig);
  expect((await committed).flat().map(({ outcome }) => outcome)).toEqual(
    Array.from({ length: 20 }, () => 'stored'),
  );
  expect(rig.told.slice(1)).toEqual([null]);
  expect(reportsIn(rig)).toHaveLength(20);
});

test('while it is full, what needs no room is done, and the pause stays told', async () => {
  const rig = await aRig();
  makeFull(rig);
  const { writer } = rig.patience;
  const committed = writer.commit(largeBatch(rig.store.mailboxId), NOW_SECONDS);
  await expect.poll(() => rig.told.length).toBe(1);
  await writer.folderProgress(rig.store.mailboxId);
  expect(rig.told).toHaveLength(1);
  makeRoom(rig);
  await committed;
});

test('attempts are taken back while it waits: ends of the program in that time blame no mail', async () => {
  const rig = await aRig();
  const { mailboxId } = rig.store;
  const batch = largeBatch(mailboxId);
  const keys = batch.map(({ key }) => key);
  await rig.patience.writer.beginAttempts(keys, NOW_SECONDS);
  makeFull(rig);
  const committed = rig.patience.writer.commit(batch, NOW_SECONDS);
  await expect.poll(() => rig.told.length).toBe(1);
  const attempts = rig.store.query<{ n: number }>('SELECT DISTINCT attempts AS n FROM message');
  expect(attempts).toEqual([{ n: 0 }]);
  makeRoom(rig);
  await committed;
});

test('another process that holds the lock is waited for, beyond the busy timeout', async () => {
  const rig = await aRig();
  const other = new Database(rig.file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const made = rig.patience.writer.ensureFiles();
  await expect.poll(() => rig.told.length).toBe(1);
  expect(rig.told[0]).toMatch(/^Another process keeps the database locked/);
  other.exec('COMMIT');
  expect((await made).origin).toBe('files');
  expect(rig.told).toHaveLength(2);
});

test('a database that was moved away is not written to, until it is back', async () => {
  const rig = await aRig();
  renameSync(rig.file, `${rig.file}.aside`);
  const committed = rig.patience.writer.commit(largeBatch(rig.store.mailboxId), NOW_SECONDS);
  await expect.poll(() => rig.told.length).toBe(1);
  expect(rig.told[0]).toMatch(/ruadmap\.db was removed or replaced while Ruadmap runs/);
  copyFileSync(`${rig.file}.aside`, rig.file);
  await sleep(60);
  expect(rig.told).toHaveLength(1);
  renameSync(`${rig.file}.aside`, rig.file);
  await committed;
  expect(rig.told).toEqual([expect.any(String), null]);
});

test('a log that was removed is noticed as well', async () => {
  const rig = await aRig();
  await rig.patience.writer.ensureFiles();
  rmSync(`${rig.file}-wal`);
  void rig.patience.writer.checkPlace().catch(() => undefined);
  await expect.poll(() => rig.told.length).toBe(1);
  expect(rig.told[0]).toMatch(/ruadmap\.db-wal was removed or replaced/);
  rig.patience.stop();
});

test("the user's small writes refuse a database that was moved away", async () => {
  const { store, file } = await aRig();
  const settings = openSettings({ dataDir: store.dataDir });
  renameSync(file, `${file}.aside`);
  await expect(settings.removeMailbox(1)).rejects.toMatchObject({ code: 'missing' });
  await settings.close();
});

test("the user's small writes wait for a lock without standing still", async () => {
  const { store, file } = await aRig();
  const settings = openSettings({ dataDir: store.dataDir });
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const removed = settings.removeMailbox(1);
  const before = performance.now();
  await sleep(100);
  expect(performance.now() - before).toBeLessThan(1_000);
  other.exec('COMMIT');
  await removed;
  other.close();
  await settings.close();
});

test('a stop ends the wait with what it waited for; nothing is half done', async () => {
  const rig = await aRig();
  makeFull(rig);
  const committed = rig.patience.writer.commit(largeBatch(rig.store.mailboxId), NOW_SECONDS);
  const ended = expect(committed).rejects.toMatchObject({ code: 'disk-full' });
  await expect.poll(() => rig.told.length).toBe(1);
  rig.patience.stop();
  await ended;
  expect(reportsIn(rig)).toHaveLength(0);
});

test('a bug is thrown at once', async () => {
  const rig = await aRig();
  const [message] = largeBatch(4_711);
  if (message === undefined) throw new Error('There is no message.');
  await expect(rig.patience.writer.commit([message], NOW_SECONDS)).rejects.toThrow(/FOREIGN KEY/);
  expect(rig.told).toEqual([]);
});
