import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedDmarcRecord, newDmarcRecord } from '../../../server/records/change-dmarc-record.ts';
import type { DmarcChanges } from '../../../server/records/change-dmarc-record.ts';
import {
  checkDmarcRecord,
  readDmarcRecord,
  recordOf,
  writeDmarcRecord,
} from '../../../server/records/dmarc-record.ts';
import { severityOf } from '../../../server/records/findings.ts';
import { anyChanges, anyRecord } from './records-by-seed.ts';

const RUA = 'rua=mailto:d@example.com';

function changed(text: string, changes: DmarcChanges): string {
  const { record } = readDmarcRecord(text);
  return writeDmarcRecord(changedDmarcRecord(record ?? recordOf([]), changes));
}

const blocking = (text: string): string[] =>
  checkDmarcRecord(text)
    .map(({ id }) => id)
    .filter((id) => severityOf(id) === 'blocks');

describe('a changed record', () => {
  it.each<[string, string, DmarcChanges, string]>([
    [
      'raises p and keeps the rest',
      `v=DMARC1; p=none; ${RUA}; fo=1; x=1`,
      { p: 'quarantine' },
      `v=DMARC1; p=quarantine; ${RUA}; fo=1; x=1`,
    ],
    [
      'puts sp after p',
      `v=DMARC1; p=none; ${RUA}`,
      { p: 'reject', sp: 'none' },
      `v=DMARC1; p=reject; sp=none; ${RUA}`,
    ],
    [
      'puts np after sp',
      `v=DMARC1; p=none; sp=none; ${RUA}`,
      { np: 'reject' },
      `v=DMARC1; p=none; sp=none; np=reject; ${RUA}`,
    ],
    [
      'puts t=y before the addresses',
      `v=DMARC1; p=none; ${RUA}`,
      { p: 'reject', testing: true },
      `v=DMARC1; p=reject; t=y; ${RUA}`,
    ],
    [
      'takes t out',
      `v=DMARC1; p=reject; t=y; ${RUA}`,
      { testing: false },
      `v=DMARC1; p=reject; ${RUA}`,
    ],
    [
      'takes pct, rf and ri out',
      `v=DMARC1; p=none; pct=5; rf=afrf; ri=1; ${RUA}`,
      { pct: null, rf: null, ri: null },
      `v=DMARC1; p=none; ${RUA}`,
    ],
    [
      'writes strict and relaxed by their letters',
      `v=DMARC1; p=none; aspf=s; ${RUA}`,
      { adkim: 'strict', aspf: 'relaxed' },
      `v=DMARC1; p=none; adkim=s; aspf=r; ${RUA}`,
    ],
    [
      'takes a mode out',
      `v=DMARC1; p=none; aspf=s; ${RUA}`,
      { aspf: null },
      `v=DMARC1; p=none; ${RUA}`,
    ],
    ['brings p forward', `v=DMARC1; ${RUA}; p=none`, {}, `v=DMARC1; p=none; ${RUA}`],
    [
      'keeps the first of two',
      `v=DMARC1; p=none; p=reject; ${RUA}; ${RUA}`,
      {},
      `v=DMARC1; p=none; ${RUA}`,
    ],
    [
      'leaves out what cannot be read',
      `v=DMARC1; p=none; sp=no; adkim=q; ${RUA}`,
      {},
      `v=DMARC1; p=none; ${RUA}`,
    ],
    [
      'escapes what would end an address',
      'v=DMARC1; p=none',
      { rua: ['mailto:a,b;c!@example.com'] },
      'v=DMARC1; p=none; rua=mailto:a%2Cb%3Bc%21@example.com',
    ],
    [
      'takes rua out where none is given',
      `v=DMARC1; p=none; ${RUA}`,
      { rua: [] },
      'v=DMARC1; p=none',
    ],
  ])('%s', (_, text, changes, expected) => {
    expect(changed(text, changes)).toBe(expected);
  });

  it('from nothing holds the policy and the addresses', () => {
    const record = newDmarcRecord('none', ['mailto:a@example.com', 'mailto:b@example.com']);
    expect(writeDmarcRecord(record)).toBe(
      'v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com',
    );
  });
});

describe('properties of changing', () => {
  it('the checker accepts every changed record that has an address', () => {
    fc.assert(
      fc.property(anyRecord, anyChanges, (record, changes) => {
        const withAddress = { ...changes, rua: ['mailto:d@example.com'] };
        expect(blocking(writeDmarcRecord(changedDmarcRecord(record, withAddress)))).toEqual([]);
      }),
    );
  });

  it('of any other, it complains of the address alone', () => {
    fc.assert(
      fc.property(anyRecord, anyChanges, (record, changes) => {
        const ids = blocking(writeDmarcRecord(changedDmarcRecord(record, changes)));
        expect(ids.filter((id) => !id.startsWith('rua-'))).toEqual([]);
      }),
    );
  });

  it('tags that are unknown keep their values and their order', () => {
    const unknown = ({ name }: { name: string }): boolean => /^x/.test(name);
    fc.assert(
      fc.property(anyRecord, anyChanges, (record, changes) => {
        const tags = changedDmarcRecord(record, changes).tags.filter(unknown);
        const first = record.tags.filter(
          ({ name }, at, all) => all.findIndex((tag) => tag.name === name) === at,
        );
        expect(tags).toEqual(first.filter(unknown));
      }),
    );
  });

  it('changing twice is changing once', () => {
    fc.assert(
      fc.property(anyRecord, anyChanges, (record, changes) => {
        const once = changedDmarcRecord(record, changes);
        expect(changedDmarcRecord(once, changes)).toEqual(once);
      }),
    );
  });
});
