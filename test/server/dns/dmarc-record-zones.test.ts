import { afterAll, describe, it } from 'vitest';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const RUA = 'rua=mailto:d@example.com';

const CASES: ZoneCase[] = [
  {
    title: 'a plain record',
    zone: `_dmarc.example.com 600 TXT v=DMARC1; p=none; ${RUA}`,
    facts: {
      state: 'valid',
      name: 'example.com',
      ttlSeconds: 600,
      texts: [`v=DMARC1; p=none; ${RUA}`],
      effective: {
        p: 'none',
        sp: 'none',
        np: 'none',
        adkim: 'relaxed',
        aspf: 'relaxed',
        testing: false,
        pct: 100,
      },
      organizationalDomain: { byTreeWalk: 'example.com', byPublicSuffixList: 'example.com' },
      rua: [{ uri: 'mailto:d@example.com', external: false, authorised: true }],
    },
    findings: [],
  },
  {
    title: 'a record in several pieces',
    zone: `_dmarc.example.com TXT "v=DMARC1; p=rej" "ect; ${RUA}"`,
    facts: { state: 'valid', effective: { p: 'reject' } },
    findings: [],
  },
  {
    title: 'a record behind an alias',
    zone: `_dmarc.example.com 90 CNAME dmarc.host.example\ndmarc.host.example TXT v=DMARC1; p=reject; ${RUA}`,
    facts: { state: 'valid', ttlSeconds: 90, effective: { p: 'reject' } },
    findings: [],
  },
  {
    title: 'other texts beside the record',
    zone: `_dmarc.example.com TXT google-site-verification=x\n_dmarc.example.com TXT v=DMARC1; p=none; ${RUA}`,
    facts: { state: 'valid' },
    findings: [],
  },
  {
    title: 'every tag of RFC 9989',
    zone: `_dmarc.example.com TXT v=DMARC1; p=quarantine; sp=reject; np=reject; t=y; psd=n; adkim=s; aspf=s; ${RUA}; ruf=mailto:f@example.com; fo=1:d:s`,
    facts: {
      state: 'valid',
      effective: {
        p: 'quarantine',
        sp: 'reject',
        np: 'reject',
        testing: true,
        adkim: 'strict',
        aspf: 'strict',
      },
    },
    findings: ['dmarc-testing'],
  },
  {
    title: 'words in capitals',
    zone: `_dmarc.example.com TXT v=DMARC1; P=Reject; SP=None; ADKIM=S; ${RUA}`,
    facts: { state: 'valid', effective: { p: 'reject', sp: 'none', adkim: 'strict' } },
    findings: [],
  },
  {
    title: 'no record',
    zone: 'example.com A 192.0.2.1',
    facts: { state: 'absent', name: null, record: null, effective: null },
    findings: ['dmarc-absent'],
    corrected: 'v=DMARC1; p=none; rua=mailto:postmaster@example.com',
  },
  {
    title: 'two records',
    zone: `_dmarc.example.com TXT v=DMARC1; p=reject; ${RUA}\n_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:e@example.com`,
    facts: { state: 'several', record: null, effective: null },
    findings: ['dmarc-several'],
    corrected: 'v=DMARC1; p=none; rua=mailto:d@example.com,mailto:e@example.com',
  },
  {
    title: 'v in small letters',
    zone: `_dmarc.example.com TXT v=dmarc1; p=reject; ${RUA}`,
    facts: { state: 'invalid', record: null },
    findings: ['dmarc-not-a-record'],
    corrected: `v=DMARC1; p=reject; ${RUA}`,
  },
  {
    title: 'v not first',
    zone: `_dmarc.example.com TXT p=reject; v=DMARC1; ${RUA}`,
    facts: { state: 'invalid' },
    findings: ['dmarc-not-a-record'],
    corrected: `v=DMARC1; p=reject; ${RUA}`,
  },
  {
    title: 'no semicolon after v',
    zone: `_dmarc.example.com TXT v=DMARC1 p=reject; ${RUA}`,
    facts: { state: 'invalid' },
    findings: ['dmarc-not-a-record'],
  },
  {
    title: 'p missing, with rua: as p=none',
    zone: `_dmarc.example.com TXT v=DMARC1; ${RUA}`,
    facts: { state: 'invalid', effective: { p: 'none', sp: 'none', np: 'none' } },
    findings: ['dmarc-p-missing'],
    corrected: `v=DMARC1; p=none; ${RUA}`,
  },
  {
    title: 'p missing, without rua: no DMARC',
    zone: '_dmarc.example.com TXT v=DMARC1; sp=reject',
    facts: { state: 'invalid', effective: null },
    findings: ['dmarc-p-missing', 'rua-missing'],
  },
  {
    title: 'p misspelt, with rua',
    zone: `_dmarc.example.com TXT v=DMARC1; p=rejekt; ${RUA}`,
    facts: { state: 'invalid', effective: { p: 'none' } },
    findings: ['dmarc-p-invalid'],
  },
  {
    title: 'a missing semicolon swallows rua',
    zone: '_dmarc.example.com TXT v=DMARC1; p=reject rua=mailto:d@example.com',
    facts: { state: 'invalid', effective: null },
    findings: ['dmarc-p-invalid', 'rua-missing'],
  },
  {
    title: 'sp misspelt turns all into none',
    zone: `_dmarc.example.com TXT v=DMARC1; p=reject; sp=rejected; ${RUA}`,
    facts: { state: 'invalid', effective: { p: 'none', sp: 'none' } },
    findings: ['dmarc-sp-invalid'],
    corrected: `v=DMARC1; p=reject; ${RUA}`,
  },
  {
    title: 'np misspelt turns all into none',
    zone: `_dmarc.example.com TXT v=DMARC1; p=reject; np=; ${RUA}`,
    facts: { state: 'invalid', effective: { p: 'none', np: 'none' } },
    findings: ['dmarc-np-invalid'],
  },
  {
    title: 'a tag twice',
    zone: `_dmarc.example.com TXT v=DMARC1; p=none; p=reject; ${RUA}`,
    facts: { state: 'invalid' },
    findings: ['dmarc-tag-twice'],
    corrected: `v=DMARC1; p=none; ${RUA}`,
  },
  {
    title: 'historic tags',
    zone: `_dmarc.example.com TXT v=DMARC1; p=none; ${RUA}; pct=100; rf=afrf; ri=86400`,
    facts: { state: 'valid', record: { pct: 100 } },
    findings: ['dmarc-historic', 'dmarc-historic', 'dmarc-historic'],
    corrected: `v=DMARC1; p=none; ${RUA}; rf=afrf; ri=86400`,
  },
  {
    title: 'pct in part',
    zone: `_dmarc.example.com TXT v=DMARC1; p=quarantine; pct=25; ${RUA}`,
    facts: { state: 'valid', effective: { pct: 25 } },
    findings: ['dmarc-pct'],
  },
  {
    title: 'values that fall back to their default',
    zone: `_dmarc.example.com TXT v=DMARC1; p=none; adkim=x; aspf=strict; t=yes; psd=1; ${RUA}; fo=2; ruf=mailto:f@example.com`,
    facts: { state: 'valid', effective: { adkim: 'relaxed', aspf: 'relaxed', testing: false } },
    findings: Array<string>(5).fill('dmarc-value-invalid'),
  },
  {
    title: 'unknown tags and a piece that is no tag',
    zone: `_dmarc.example.com TXT v=DMARC1; p=none; constructor=1; hello; ${RUA}`,
    facts: { state: 'valid' },
    findings: ['dmarc-tag-unreadable', 'dmarc-tag-unknown'],
  },
  {
    title: 'p not second',
    zone: `_dmarc.example.com TXT v=DMARC1; ${RUA}; p=none`,
    facts: { state: 'valid' },
    findings: ['dmarc-p-late'],
    corrected: `v=DMARC1; p=none; ${RUA}`,
  },
  {
    title: 'fo without ruf',
    zone: `_dmarc.example.com TXT v=DMARC1; p=none; ${RUA}; fo=1`,
    facts: { state: 'valid' },
    findings: ['dmarc-fo-alone'],
  },
  {
    title: 'a long TTL',
    zone: `_dmarc.example.com 86400 TXT v=DMARC1; p=none; ${RUA}`,
    facts: { ttlSeconds: 86_400 },
    findings: ['dmarc-long-ttl'],
  },
];

describe('a DMARC record as published', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase(each, 'dmarc', ['dmarc', 'rua']);
  });
});

afterAll(() => console.log(`a DMARC record as published: ${CASES.length} zones`));
