import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKey, seal, type SecretKey, unseal } from '../../server/secrets.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ruadmap-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function keyIn(folder: string): SecretKey {
  const key = openKey(folder, null);
  if (!key.ok) throw new Error(key.problem.message);
  return key.value;
}

test('the key is made once, with mode 0600, and found again', () => {
  const first = keyIn(dir);
  expect(statSync(path.join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(keyIn(dir)).toEqual(first);
});

test('a secret comes back as it was, and its sealed form does not hold it', () => {
  const key = keyIn(dir);
  const sealed = seal(key, 'pässword');
  expect(unseal(key, sealed)).toBe('pässword');
  expect(sealed.ciphertext.includes('ssword')).toBe(false);
});

test('the same secret is sealed differently each time', () => {
  const key = keyIn(dir);
  expect(seal(key, 'same').ciphertext.equals(seal(key, 'same').ciphertext)).toBe(false);
});

test('another key gives nothing', () => {
  const sealed = seal(keyIn(dir), 'secret');
  rmSync(path.join(dir, 'secret.key'));
  expect(unseal(keyIn(dir), sealed)).toBeNull();
});

test('an altered ciphertext gives nothing', () => {
  const key = keyIn(dir);
  const sealed = seal(key, 'secret');
  sealed.ciphertext[0] = (sealed.ciphertext[0] ?? 0) ^ 1;
  expect(unseal(key, sealed)).toBeNull();
});

test('a key file that others can read is refused with the command that closes it', () => {
  keyIn(dir);
  chmodSync(path.join(dir, 'secret.key'), 0o644);
  const key = openKey(dir, null);
  expect(key.ok ? '' : key.problem.message).toContain('chmod 600');
});

test('a key file of something else is refused and left as it is', () => {
  const file = path.join(dir, 'mine');
  writeFileSync(file, 'not a key', { mode: 0o600 });
  expect(openKey(dir, file).ok).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('not a key');
});
