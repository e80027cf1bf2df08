import { randomBytes } from 'node:crypto';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nextKeyPath, readKey, seal, type SecretKey, unseal } from './secrets.ts';
import { renameDurably, syncToDisk } from './store/durable-file.ts';
import { resealSecrets } from './store/reseal.ts';

export interface KeyRotation {
  resealed: number;
  /** Sealed with a key that is gone already: these passwords are needed again. */
  unreadable: number;
}

/**
 * Replaces the key, so that the old one opens nothing of this store any more. Three steps, each durable before
 * the next: the new key beside the old one; every secret sealed anew, in one transaction; the new key
 * in the old one's place. Between any two, `openKey` finds both keys. A rotation that was cut off is
 * gone through to its end with the new key that it had made.
 * @throws StoreProblem, or the file system's error where the key's folder cannot be written
 */
export function rotateKey(dataDir: string, file: string, key: SecretKey): KeyRotation {
  const next = key.next ?? makeNextKey(file);
  const rotation = resealSecrets(dataDir, (sealed) => {
    const secret = unseal({ ...key, next }, sealed);
    return secret === null ? null : seal(next, secret);
  });
  renameDurably(nextKeyPath(file), realpathSync(file));
  return rotation;
}

/** The first step. A file that holds no key is what a cut while writing has left: it sealed nothing. */
export function makeNextKey(file: string): SecretKey {
  const nextFile = nextKeyPath(file);
  rmSync(nextFile, { force: true });
  writeFileSync(nextFile, randomBytes(32).toString('hex') + '\n', { mode: 0o600, flag: 'wx' });
  syncToDisk(nextFile);
  syncToDisk(path.dirname(nextFile));
  const next = readKey(nextFile);
  if (next === null) throw new Error('The new key was not written.');
  return next;
}
