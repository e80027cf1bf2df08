import { expect, test } from 'vitest';
import type { DnsSnapshotResponse, FindingResponse } from '../../../server/api/contract-dns.ts';
import { bySeverity, keyWords, ruaWords, spfWords } from '../../../web/words/dns-words.ts';

const spf = (changes: Partial<DnsSnapshotResponse['spf']>): DnsSnapshotResponse['spf'] => ({
  ...{ state: 'valid', text: null, ttlSeconds: null, lookups: 6, voidLookups: 0 },
  ...{ all: '~', networks: 1, includes: [], incomplete: false },
  ...changes,
});

test('SPF tells what it costs and how it ends', () => {
  expect(spfWords(spf({}))).toEqual([
    'It takes 6 look-ups of the 10 that are allowed.',
    'It ends with ~all: other addresses are probably not yours.',
  ]);
  expect(spfWords(spf({ voidLookups: 1, all: null }))[1]).toBe(
    '1 look-up finds nothing; 2 are allowed.',
  );
});

test('a cost that nobody knows is not told as none', () => {
  expect(spfWords(spf({ lookups: null, voidLookups: null }))[0]).toContain('could not be told');
});

test('a key tells its state, type and size', () => {
  const key = { selector: 's1', ttlSeconds: null, cnames: [], testing: false };
  expect(keyWords({ ...key, state: 'valid', keyType: 'rsa', keyBits: 1024 })).toBe(
    'valid, RSA with 1024 bits',
  );
  expect(
    keyWords({ ...key, state: 'valid', keyType: 'ed25519', keyBits: null, testing: true }),
  ).toBe('valid, ED25519, in test mode');
  expect(keyWords({ ...key, state: 'unknown', keyType: null, keyBits: null })).toBe(
    'DNS did not answer',
  );
});

test('an address elsewhere has to agree, and not knowing is neither yes nor no', () => {
  const uri = 'mailto:a@other.example';
  const words = [true, false, null].map((authorised) =>
    ruaWords({ uri, external: true, authorised }),
  );
  expect(new Set(words).size).toBe(3);
  expect(ruaWords({ uri, external: false, authorised: null })).toBe('of your own organisation');
});

test('what stands in the way comes first', () => {
  const finding = (severity: FindingResponse['severity']): FindingResponse => ({
    ...{ id: severity, about: 'spf', severity, text: '', corrected: null },
  });
  const sorted = bySeverity([finding('tells'), finding('blocks'), finding('warns')]);
  expect(sorted.map(({ severity }) => severity)).toEqual(['blocks', 'warns', 'tells']);
});
