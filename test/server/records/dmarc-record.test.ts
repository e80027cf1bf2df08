import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDmarcRecord,
  isDmarcText,
  readDmarcRecord,
  writeDmarcRecord,
} from '../../../server/records/dmarc-record.ts';
import type { DmarcRecord } from '../../../server/records/dns-snapshot.ts';
import { applicability, effectivePolicy } from '../../../server/records/effective-policy.ts';
import { anyTags } from './records-by-seed.ts';

function read(text: string): DmarcRecord {
  const { record } = readDmarcRecord(text);
  if (!record) throw new Error(`no record: ${text}`);
  return record;
}

describe('a text is a DMARC record', () => {
  it.each([
    ['v=DMARC1', true],
    ['v=DMARC1;', true],
    ['V = DMARC1 ; p=none', true],
    ['v=DMARC1;p=none', true],
    ['v=dmarc1; p=none', false],
    ['v=DMARC2; p=none', false],
    ['v=DMARC10; p=none', false],
    ['v=DMARC1 p=none', false],
    ['p=none; v=DMARC1', false],
    [' v=DMARC1; p=none', false],
    ['', false],
  ])('"%s": %s', (text, isRecord) => {
    expect(isDmarcText(text)).toBe(isRecord);
    expect(readDmarcRecord(text).record !== null).toBe(isRecord);
  });
});

describe('the tags of a record', () => {
  it('are read each by its rule, and all kept in their order', () => {
    const text =
      'v=DMARC1; p=quarantine; sp=Reject; np=none; t=y; psd=n; adkim=s; aspf=r; pct=50; fo=1:d; ' +
      'rua=mailto:a@example.com!5m , mailto:b@example.com; ruf=mailto:c@example.com; x=y=z';
    const { tags, ...record } = read(text);
    expect(record).toEqual({
      p: 'quarantine',
      sp: 'reject',
      np: 'none',
      adkim: 'strict',
      aspf: 'relaxed',
      testing: true,
      psd: 'n',
      pct: 50,
      fo: '1:d',
      rua: ['mailto:a@example.com', 'mailto:b@example.com'],
      ruf: ['mailto:c@example.com'],
    });
    expect(tags.at(-1)).toEqual({ name: 'x', value: 'y=z' });
    expect(tags).toHaveLength(13);
  });

  it.each([
    ['p', 'p=NONE', 'none'],
    ['p', 'p=', null],
    ['p', 'p=non', null],
    ['adkim', 'adkim=S', 'strict'],
    ['adkim', 'adkim=strict', null],
    ['testing', 't=n', false],
    ['testing', 't=1', null],
    ['psd', 'psd=u', 'u'],
    ['psd', 'psd=x', null],
    ['pct', 'pct=0', 0],
    ['pct', 'pct=100', 100],
    ['pct', 'pct=101', null],
    ['pct', 'pct=-1', null],
    ['pct', 'pct=1.5', null],
    ['fo', 'fo=0:1:d:s', '0:1:d:s'],
    ['fo', 'fo=a', null],
  ] as const)('%s of "%s" is %s', (name, tag, value) => {
    expect(read(`v=DMARC1; ${tag}`)[name]).toBe(value);
  });
});

describe('what receivers make of a record (RFC 9989 4.10.1)', () => {
  const rua = 'rua=mailto:a@example.com';
  it.each([
    ['p=reject', 'applies'],
    ['p=reject; sp=x', 'no-dmarc'],
    [`p=reject; sp=x; ${rua}`, 'as-none'],
    [`p=reject; np=; ${rua}`, 'as-none'],
    [`p=x; ${rua}`, 'as-none'],
    [rua, 'as-none'],
    ['rua=https://example.com/r', 'as-none'],
    ['rua=nowhere', 'no-dmarc'],
    ['', 'no-dmarc'],
    ['p=reject; adkim=x; t=maybe; pct=many', 'applies'],
  ])('"%s": %s', (tags, state) => {
    expect(applicability(read(`v=DMARC1; ${tags}`))).toBe(state);
  });

  it.each([
    ['p=reject', ['reject', 'reject', 'reject']],
    ['p=none; sp=reject', ['none', 'reject', 'reject']],
    ['p=none; np=reject', ['none', 'none', 'reject']],
    ['p=reject; sp=none; np=quarantine', ['reject', 'none', 'quarantine']],
    [`p=reject; sp=nope; ${rua}`, ['none', 'none', 'none']],
  ])('"%s" applies to a domain, a subdomain and an absent one: %s', (tags, policies) => {
    const record = read(`v=DMARC1; ${tags}`);
    const standings = ['own', 'below', 'below-and-absent'] as const;
    expect(standings.map((standing) => effectivePolicy(record, standing)?.p)).toEqual(policies);
  });

  it('nothing applies where p is missing and there is no address', () => {
    expect(effectivePolicy(read('v=DMARC1; sp=reject'), 'own')).toBeNull();
  });
});

describe('properties of reading', () => {
  it('a record that is written reads as the same record', () => {
    fc.assert(
      fc.property(anyTags, (tags) => {
        const record = read(writeDmarcRecord({ tags }));
        expect(record.tags).toEqual(tags);
        expect(read(writeDmarcRecord(record))).toEqual(record);
      }),
    );
  });

  it('no text makes the reader throw, and a problem never repeats more than the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), fc.boolean(), (text, isRecord) => {
        checkDmarcRecord(isRecord ? `v=DMARC1;${text}` : text);
      }),
    );
  });
});
