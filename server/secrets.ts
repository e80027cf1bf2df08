import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bad, ok, type Result } from '../ingest/result.ts';
import type { SealedSecret } from './store/store.ts';

/** The key that seals mailbox passwords in the store. It lies beside the data, never in it. */
export interface SecretKey {
  id: string;
  bytes: Buffer;
  /** The key that a rotation was bringing in when it was cut off: some secrets may be sealed with it. */
  next?: SecretKey;
}

export interface KeyProblem {
  message: string;
}

/**
 * Reads the key of 32 bytes (as hex), or makes it with mode 0600 where there is none.
 * @param keyFile `RUADMAP_KEY_FILE`, or null for DATA/secret.key.
 */
export function openKey(dataDir: string, keyFile: string | null): Result<SecretKey, KeyProblem> {
  const file = keyPath(dataDir, keyFile);
  try {
    if (!existsSync(file)) makeKey(file);
    if ((statSync(file).mode & 0o077) !== 0) {
      return bad({ message: `Others can read ${file}. Run: chmod 600 ${file}` });
    }
    const key = readKey(file);
    if (key === null) {
      return bad({
        message: `${file} holds no key of 64 hex digits. Put the right one back, or move it away: a new key is made, and stored passwords are asked for again.`,
      });
    }
    const next = readKey(nextKeyPath(file));
    return ok(next === null ? key : { ...key, next });
  } catch (error) {
    return bad({
      message: `${file} cannot be used: ${(error as Error).message}. Check its folder's rights.`,
    });
  }
}

function makeKey(file: string): void {
  try {
    writeFileSync(file, randomBytes(32).toString('hex') + '\n', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Half a key would be in the way of the next start, when there is room for a whole one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(file, { force: true });
    throw error;
  }
}

export const keyPath = (dataDir: string, keyFile: string | null): string =>
  keyFile ?? path.join(dataDir, 'secret.key');

/** Where the new key lies while secrets are sealed anew; beside the file itself, not a link to it. */
export const nextKeyPath = (file: string): string =>
  `${existsSync(file) ? realpathSync(file) : file}.new`;

/** The key of a file; null where there is no file, or no key in it. */
export function readKey(file: string): SecretKey | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) return null;
  const bytes = Buffer.from(text, 'hex');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
}

/** AES-256-GCM; the nonce is new each time, the tag stands at the end of the ciphertext. */
export function seal(key: SecretKey, secret: string): SealedSecret {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  const ciphertext = Buffer.concat([
    cipher.update(secret, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { keyId: key.id, nonce, ciphertext };
}

/** The secret, or null where another key sealed it or it was altered: the password is needed again. */
export function unseal(key: SecretKey, sealed: SealedSecret): string | null {
  if (sealed.keyId !== key.id && key.next !== undefined) return unseal(key.next, sealed);
  if (sealed.keyId !== key.id || sealed.ciphertext.length < 16) return null;
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.nonce);
  decipher.setAuthTag(sealed.ciphertext.subarray(-16));
  try {
    const plain = [decipher.update(sealed.ciphertext.subarray(0, -16)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  } catch {
    return null;
  }
}
