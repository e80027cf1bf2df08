import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeOwnership } from '../../../server/store/owner-lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ruadmap-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

test('a second owner is told the pid of the first', () => {
  const first = takeOwnership(dir, 4711);
  expect(takeOwnership(dir, 4712)).toEqual({ ok: false, problem: 4711 });
  if (first.ok) first.value.release();
});

test('a released directory can be owned again', () => {
  const first = takeOwnership(dir, 1);
  if (first.ok) first.value.release();
  const second = takeOwnership(dir, 2);
  expect(second.ok).toBe(true);
  if (second.ok) second.value.release();
});

test('the lock file is closed to others', () => {
  const lock = takeOwnership(dir, 1);
  expect(statSync(path.join(dir, 'owner.lock')).mode & 0o077).toBe(0);
  if (lock.ok) lock.value.release();
});

test('an owner that was killed does not block the next one', async () => {
  // Another process holds the same SQLite lock that takeOwnership takes, and is killed with it.
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import Database from 'better-sqlite3';
       const database = new Database(process.argv[1]);
       database.pragma('locking_mode = EXCLUSIVE');
       database.exec('BEGIN EXCLUSIVE');
       console.log('held');
       setInterval(() => {}, 1000);`,
      path.join(dir, 'owner.lock'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  expect(takeOwnership(dir, 2)).toEqual({ ok: false, problem: null });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = takeOwnership(dir, 2);
  expect(lock.ok).toBe(true);
  if (lock.ok) lock.value.release();
});
