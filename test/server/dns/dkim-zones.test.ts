import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, it } from 'vitest';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

function rsaKey(bits: number, type: 'spki' | 'pkcs1' = 'spki'): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return publicKey.export({ format: 'der', type }).toString('base64');
}

const ED25519 = generateKeyPairSync('ed25519')
  .publicKey.export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64');
const KEY = rsaKey(2048);
const AT = 's1._domainkey.example.com';
const ONE = { selectors: ['s1'], names: [] };

const CASES: ZoneCase[] = [
  {
    title: 'a key of 2048 bits',
    zone: `${AT} 3600 TXT v=DKIM1; k=rsa; p=${KEY}`,
    facts: [
      {
        selector: 's1',
        state: 'valid',
        keyType: 'rsa',
        keyBits: 2048,
        testing: false,
        ttlSeconds: 3600,
        cnames: [],
      },
    ],
    findings: [],
  },
  {
    title: 'a key in pieces, with white space, without v',
    zone: `${AT} TXT "p=${KEY.slice(0, 90)}" " ${KEY.slice(90, 290)}" "${KEY.slice(290)}"`,
    facts: [{ state: 'valid', keyType: 'rsa', keyBits: 2048 }],
    findings: [],
  },
  {
    title: 'a bare RSAPublicKey',
    zone: `${AT} TXT v=DKIM1; p=${rsaKey(2048, 'pkcs1')}`,
    facts: [{ state: 'valid', keyBits: 2048 }],
    findings: [],
  },
  {
    title: 'an Ed25519 key',
    zone: `${AT} TXT v=DKIM1; k=ed25519; p=${ED25519}`,
    facts: [{ state: 'valid', keyType: 'ed25519', keyBits: 256 }],
    findings: [],
  },
  {
    title: 'a key of 1024 bits',
    zone: `${AT} TXT v=DKIM1; p=${rsaKey(1024)}`,
    facts: [{ state: 'valid', keyBits: 1024 }],
    findings: ['dkim-key-short'],
  },
  {
    title: 'a key of 512 bits',
    zone: `${AT} TXT v=DKIM1; p=${rsaKey(512)}`,
    facts: [{ state: 'invalid', keyBits: 512 }],
    findings: ['dkim-key-too-short'],
  },
  {
    title: 'a revoked key',
    zone: `${AT} TXT v=DKIM1; p=`,
    facts: [{ state: 'revoked', keyBits: null }],
    findings: ['dkim-revoked'],
  },
  {
    title: 'a key that is cut off',
    zone: `${AT} TXT v=DKIM1; p=${KEY.slice(0, 200)}`,
    facts: [{ state: 'invalid', keyBits: null }],
    findings: ['dkim-key-unreadable'],
  },
  {
    title: 'an Ed25519 key of the wrong length',
    zone: `${AT} TXT v=DKIM1; k=ed25519; p=${KEY}`,
    facts: [{ state: 'invalid' }],
    findings: ['dkim-key-unreadable'],
  },
  {
    title: 'an unknown key type',
    zone: `${AT} TXT v=DKIM1; k=dsa; p=${KEY}`,
    facts: [{ state: 'invalid', keyType: 'dsa' }],
    findings: ['dkim-key-type'],
  },
  {
    title: 'the testing flag',
    zone: `${AT} TXT v=DKIM1; t=y:s; p=${KEY}`,
    facts: [{ state: 'valid', testing: true }],
    findings: ['dkim-testing'],
    corrected: `v=DKIM1; p=${KEY}`,
  },
  {
    title: 'only sha1 allowed',
    zone: `${AT} TXT v=DKIM1; h=sha1; p=${KEY}`,
    facts: [{ state: 'invalid' }],
    findings: ['dkim-sha1-only'],
    corrected: `v=DKIM1; p=${KEY}`,
  },
  {
    title: 'not for mail',
    zone: `${AT} TXT v=DKIM1; s=tlsrpt; p=${KEY}`,
    facts: [{ state: 'invalid' }],
    findings: ['dkim-not-for-mail'],
  },
  {
    title: 'v not first',
    zone: `${AT} TXT k=rsa; v=DKIM1; p=${KEY}`,
    facts: [{ state: 'invalid' }],
    findings: ['dkim-syntax'],
  },
  {
    title: 'no p',
    zone: `${AT} TXT v=DKIM1; k=rsa`,
    facts: [{ state: 'invalid' }],
    findings: ['dkim-syntax'],
  },
  {
    title: 'two records',
    zone: `${AT} TXT v=DKIM1; p=${KEY}\n${AT} TXT v=DKIM1; p=`,
    facts: [{ state: 'invalid' }],
    findings: ['dkim-several'],
  },
  {
    title: 'no record',
    zone: 'example.com A 192.0.2.1',
    facts: [{ state: 'absent', ttlSeconds: 120 }],
    findings: ['dkim-absent'],
  },
  {
    title: 'SERVFAIL is unknown',
    zone: `${AT} FAULT servfail`,
    facts: [{ state: 'unknown' }],
    findings: ['dkim-unknown'],
  },
  {
    title: 'an alias to the provider',
    zone: `${AT} CNAME s1.dkim.esp.example\ns1.dkim.esp.example TXT v=DKIM1; p=${KEY}`,
    facts: [{ state: 'valid', cnames: ['s1.dkim.esp.example'] }],
    findings: [],
  },
  {
    title: 'an alias that leads nowhere',
    zone: `${AT} CNAME s1.dkim.esp.example`,
    facts: [{ state: 'absent', cnames: ['s1.dkim.esp.example'] }],
    findings: ['dkim-absent'],
  },
  {
    title: 'a selector of a subdomain that signs',
    zone: `s1._domainkey.news.example.com TXT p=${KEY}`,
    options: { selectors: [{ selector: 's1', domain: 'news.example.com' }] },
    facts: [{ selector: 's1', domain: 'news.example.com', state: 'valid' }],
    findings: [],
  },
];

describe('DKIM keys as published', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase({ ...each, options: each.options ?? ONE }, 'dkim', ['dkim']);
  });
});

afterAll(() => console.log(`DKIM keys as published: ${CASES.length} zones`));
