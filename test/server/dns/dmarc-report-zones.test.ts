import { afterAll, describe, it } from 'vitest';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const RUA = 'rua=mailto:d@example.com';

const CASES: ZoneCase[] = [
  {
    title: 'no rua',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none',
    facts: { state: 'valid', rua: [] },
    findings: ['rua-missing'],
    corrected: 'v=DMARC1; p=none; rua=mailto:postmaster@example.com',
  },
  {
    title: 'rua without mailto:',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=d@example.com',
    facts: { rua: [] },
    findings: ['rua-invalid', 'rua-address-invalid'],
  },
  {
    title: 'one address of two cannot be read',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=https://x.example/r, mailto:d@example.com!10m',
    facts: { rua: [{ uri: 'mailto:d@example.com', authorised: true }] },
    findings: ['rua-address-invalid', 'rua-size'],
    corrected: `v=DMARC1; p=none; ${RUA}`,
  },
  {
    title: 'an external rua that is authorised',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:x@in.reports.example\nexample.com._report._dmarc.in.reports.example TXT v=DMARC1',
    facts: { rua: [{ external: true, authorised: true }] },
    findings: [],
  },
  {
    title: 'an external rua authorised by a wildcard',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:x@reports.example\n*._report._dmarc.reports.example TXT v=DMARC1;',
    facts: { rua: [{ external: true, authorised: true }] },
    findings: [],
  },
  {
    title: 'an external rua that is not authorised',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:x@reports.example',
    facts: { state: 'valid', rua: [{ external: true, authorised: false }] },
    findings: ['rua-not-authorised'],
    corrected: 'v=DMARC1;',
  },
  {
    title: 'an authorisation that cannot be asked for',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:x@reports.example\nexample.com._report._dmarc.reports.example FAULT servfail',
    facts: { rua: [{ external: true, authorised: null }] },
    findings: ['rua-unknown'],
  },
  {
    title: 'an authorisation with another text',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:x@reports.example\nexample.com._report._dmarc.reports.example TXT ok',
    facts: { rua: [{ authorised: false }] },
    findings: ['rua-not-authorised'],
  },
  {
    title: 'a rua at a subdomain is not external',
    zone: '_dmarc.example.com TXT v=DMARC1; p=none; rua=mailto:x@in.mail.example.com',
    facts: { rua: [{ external: false, authorised: true }] },
    findings: [],
  },
];

describe('addresses for DMARC reports', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase(each, 'dmarc', ['dmarc', 'rua']);
  });
});

afterAll(() => console.log(`addresses for DMARC reports: ${CASES.length} zones`));
