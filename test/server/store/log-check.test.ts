import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { isLogDamaged } from '../../../server/store/log-check.ts';
import { createRandom, integer } from '../../../server/demo/random.ts';
import { tempDir } from './temp-store.ts';

const FRAME_BYTES = 24 + 4096;
const TRANSACTIONS = 30;

interface KilledStore {
  file: string;
  log: string;
  /** Where the frames of the last transaction begin. */
  lastTransactionAt: number;
}

/** What a writer leaves that was killed: a database and its log. */
function killedStore({ checkpointed = false } = {}): KilledStore {
  const dir = tempDir();
  const live = new Database(path.join(dir, 'live.db'));
  live.pragma('journal_mode = WAL');
  live.pragma('wal_autocheckpoint = 0');
  live.exec('CREATE TABLE t (x TEXT)');
  const insert = live.prepare('INSERT INTO t VALUES (?)');
  let lastTransactionAt = 0;
  for (let count = 0; count < TRANSACTIONS; count += 1) {
    lastTransactionAt = statSync(`${live.name}-wal`).size;
    live.transaction(() => {
      for (let row = 0; row < 20; row += 1) insert.run(`${count} ${row} `.repeat(60));
    })();
  }
  if (checkpointed) live.pragma('wal_checkpoint(PASSIVE)');
  const file = path.join(dir, 'killed.db');
  copyFileSync(live.name, file);
  copyFileSync(`${live.name}-wal`, `${file}-wal`);
  live.close();
  return { file, log: `${file}-wal`, lastTransactionAt };
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
  writeFileSync(file, bytes);
}

const rowsOf = (file: string): unknown => {
  const database = new Database(file);
  const rows = database.prepare('SELECT count(*) FROM t').pluck().get();
  database.close();
  return rows;
};

describe('a log that is whole', () => {
  test('is fine, as are none and an empty one', () => {
    const { file, log } = killedStore();
    expect(isLogDamaged(file)).toBe(false);
    expect(isLogDamaged(`${file}-without`)).toBe(false);
    truncateSync(log, 0);
    expect(isLogDamaged(file)).toBe(false);
  });

  test('is fine behind frames of a new turn, which stand before those of the old one', () => {
    const dir = tempDir();
    const live = new Database(path.join(dir, 'live.db'));
    live.pragma('journal_mode = WAL');
    live.exec('CREATE TABLE t (x TEXT)');
    const insert = live.prepare('INSERT INTO t VALUES (?)');
    for (let row = 0; row < 200; row += 1) insert.run('x'.repeat(2000));
    live.pragma('wal_checkpoint(RESTART)');
    insert.run('the new turn');
    expect(isLogDamaged(live.name)).toBe(false);
    live.close();
  });
});

describe('what a power cut leaves is fine', () => {
  test('an end in the middle of a frame', () => {
    const { file, log, lastTransactionAt } = killedStore();
    truncateSync(log, lastTransactionAt + 1000);
    expect(isLogDamaged(file)).toBe(false);
    expect(rowsOf(file)).toBe(20 * (TRANSACTIONS - 1));
  });

  test('a last transaction of which one page did not get to the disk', () => {
    const { file, log, lastTransactionAt } = killedStore();
    flipByte(log, lastTransactionAt + 500);
    expect(isLogDamaged(file)).toBe(false);
    expect(rowsOf(file)).toBe(20 * (TRANSACTIONS - 1));
  });
});

describe('a log that lost transactions it once held', () => {
  test('is damaged wherever a byte of it was changed, up to its last transaction', () => {
    const { file, log, lastTransactionAt } = killedStore();
    const random = createRandom(11);
    const whole = readFileSync(log);
    for (let flips = 0; flips < 60; flips += 1) {
      // The last frame before it may pass for the end of a transaction that is still to come.
      const at = integer(random, lastTransactionAt - FRAME_BYTES);
      flipByte(log, at);
      expect(isLogDamaged(file), `byte ${at}`).toBe(true);
      writeFileSync(log, whole);
    }
  });

  test('is damaged wherever a byte of its head was changed', () => {
    const { file, log } = killedStore();
    const whole = readFileSync(log);
    for (let at = 0; at < 32; at += 1) {
      flipByte(log, at);
      expect(isLogDamaged(file), `byte ${at}`).toBe(true);
      writeFileSync(log, whole);
    }
  });

  test('is damaged in its last transaction too, where that was copied to the database', () => {
    const { file, log, lastTransactionAt } = killedStore({ checkpointed: true });
    expect(isLogDamaged(file)).toBe(false);
    flipByte(log, lastTransactionAt + 500);
    expect(isLogDamaged(file)).toBe(true);
  });
});
