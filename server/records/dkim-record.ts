import { createHash, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { problem } from './findings.ts';
import type { RecordProblem } from './findings.ts';
import { readTagList, tagValue } from './tag-list.ts';
import type { Tag } from './tag-list.ts';

/** A DKIM key record (RFC 6376 §3.6.1, RFC 8301, RFC 8463). */
export interface DkimRecord {
  /** Lower case: 'rsa' where the tag is left out. */
  keyType: string;
  /** Length of the modulus, 256 of Ed25519; null where the key is revoked or cannot be read. */
  keyBits: number | null;
  isRevoked: boolean;
  testing: boolean;
  /** t=s: the domain of i= must be exactly that of d=. */
  isStrict: boolean;
  /** First 16 hexadecimal digits of the SHA-256 of the key, to see that it was changed. */
  keyFingerprint: string | null;
}

/** Receivers must not accept shorter RSA keys, and owners should use at least the second (RFC 8301 §3.2). */
const SHORTEST_BITS = 1024;
const ADVISED_BITS = 2048;
/** Longest key in bytes that is decoded; an RSA key of 16,384 bits has some 2,100. */
const LONGEST_KEY = 4096;
const ED25519_BYTES = 32;

/**
 * Reads a key record. `record` is null where receivers could use nothing of it.
 * @param text the record with its TXT pieces joined
 * @param name where it stands, for the words of the problems
 */
export function readDkimRecord(
  text: string,
  name: string,
): { record: DkimRecord | null; problems: RecordProblem[] } {
  const { tags, unreadable, repeated } = readTagList(text);
  const why = syntaxError(tags, unreadable, repeated);
  if (why !== null) return { record: null, problems: [problem('dkim-syntax', { name, why })] };
  const keyType = (tagValue(tags, 'k') ?? 'rsa').toLowerCase();
  const key = (tagValue(tags, 'p') ?? '').replace(/\s/g, '');
  const flags = wordsOf(tags, 't');
  const record: DkimRecord = {
    keyType,
    keyBits: keyBitsOf(keyType, key),
    isRevoked: key === '',
    testing: flags.includes('y'),
    isStrict: flags.includes('s'),
    keyFingerprint: key === '' ? null : fingerprint(key),
  };
  return { record, problems: [...keyProblems(record, name), ...tagProblems(record, tags, name)] };
}

function syntaxError(
  tags: readonly Tag[],
  unreadable: string[],
  repeated: string[],
): string | null {
  const version = tags.findIndex((tag) => tag.name === 'v');
  if (version > 0) return 'v=DKIM1 must come first';
  if (version === 0 && tags[0]?.value !== 'DKIM1')
    return `v=${tags[0]?.value ?? ''} is not v=DKIM1`;
  if (unreadable[0] !== undefined) return `"${unreadable[0]}" is no tag`;
  if (repeated[0] !== undefined) return `the tag ${repeated[0]} stands there twice`;
  return tagValue(tags, 'p') === null ? 'it has no key (p=)' : null;
}

const wordsOf = (tags: readonly Tag[], name: string): string[] =>
  (tagValue(tags, name) ?? '')
    .split(':')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');

function keyBitsOf(keyType: string, key: string): number | null {
  if (key === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return null;
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length > LONGEST_KEY) return null;
  if (keyType === 'ed25519') return bytes.length === ED25519_BYTES ? ED25519_BYTES * 8 : null;
  if (keyType !== 'rsa') return null;
  return rsaKey(bytes)?.asymmetricKeyDetails?.modulusLength ?? null;
}

/** Most keys are a SubjectPublicKeyInfo, some the bare RSAPublicKey that RFC 6376 names. */
function rsaKey(bytes: Buffer): KeyObject | null {
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      const key = createPublicKey({ key: bytes, format: 'der', type });
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // The next form may fit; that none does is told by null.
    }
  }
  return null;
}

function fingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

function keyProblems(record: DkimRecord, name: string): RecordProblem[] {
  const { keyType, keyBits } = record;
  if (record.isRevoked) return [problem('dkim-revoked', { name })];
  if (keyType !== 'rsa' && keyType !== 'ed25519')
    return [problem('dkim-key-type', { name, type: keyType })];
  if (keyBits === null) return [problem('dkim-key-unreadable', { name, type: keyType })];
  if (keyType === 'ed25519') return [];
  if (keyBits < SHORTEST_BITS) return [problem('dkim-key-too-short', { name, count: keyBits })];
  return keyBits < ADVISED_BITS ? [problem('dkim-key-short', { name, count: keyBits })] : [];
}

function tagProblems(record: DkimRecord, tags: readonly Tag[], name: string): RecordProblem[] {
  const problems: RecordProblem[] = [];
  const hashes = wordsOf(tags, 'h');
  const services = wordsOf(tags, 's');
  if (record.testing) problems.push(problem('dkim-testing', { name }));
  if (hashes.length > 0 && !hashes.includes('sha256'))
    problems.push(problem('dkim-sha1-only', { name }));
  if (services.length > 0 && !services.includes('*') && !services.includes('email'))
    problems.push(problem('dkim-not-for-mail', { name, value: services.join(':') }));
  return problems;
}
