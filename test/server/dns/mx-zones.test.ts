import { afterAll, describe, it } from 'vitest';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const MX: ZoneCase[] = [
  {
    title: 'exchangers by preference',
    zone: 'example.com MX 20 b.example.com\nexample.com MX 10 a.example.com\na.example.com A 192.0.2.1\nb.example.com AAAA 2001:db8::2',
    facts: {
      state: 'valid',
      nullMx: false,
      hosts: [
        { name: 'a.example.com', preference: 10, addresses: ['192.0.2.1'] },
        { name: 'b.example.com', preference: 20, addresses: ['2001:db8::2'] },
      ],
    },
    findings: [],
  },
  {
    title: 'a null MX',
    zone: 'example.com MX 0 .',
    facts: { state: 'valid', nullMx: true, hosts: [] },
    findings: ['mx-null'],
  },
  {
    title: 'a null MX beside others',
    zone: 'example.com MX 0 .\nexample.com MX 5 a.example.com\na.example.com A 192.0.2.1',
    facts: { state: 'invalid', nullMx: false },
    findings: ['mx-null-with-others'],
  },
  {
    title: 'no MX',
    zone: 'example.com A 192.0.2.1',
    facts: { state: 'absent', hosts: [] },
    findings: ['mx-absent'],
  },
  {
    title: 'an exchanger without an address',
    zone: 'example.com MX 5 a.example.com',
    facts: { state: 'valid', hosts: [{ addresses: [] }] },
    findings: ['mx-no-address'],
  },
  {
    title: 'an exchanger that is an alias',
    zone: 'example.com MX 5 a.example.com\na.example.com CNAME b.example\nb.example A 192.0.2.1',
    facts: { hosts: [{ addresses: ['192.0.2.1'] }] },
    findings: ['mx-alias'],
  },
  {
    title: 'an exchanger that is an address',
    zone: 'example.com MX 5 192.0.2.1',
    facts: { state: 'valid' },
    findings: ['mx-is-address'],
  },
  {
    title: 'an exchanger that cannot be asked for',
    zone: 'example.com MX 5 a.example.com\na.example.com FAULT servfail',
    facts: { state: 'valid', hosts: [{ addresses: [] }] },
    findings: [],
  },
  {
    title: 'SERVFAIL is unknown',
    zone: 'example.com MX! servfail',
    facts: { state: 'unknown' },
    findings: ['mx-unknown'],
  },
];

const STS: ZoneCase[] = [
  {
    title: 'a record',
    zone: '_mta-sts.example.com TXT v=STSv1; id=20250101T000000;',
    facts: { state: 'valid', text: 'v=STSv1; id=20250101T000000;' },
    findings: [],
  },
  {
    title: 'no id',
    zone: '_mta-sts.example.com TXT v=STSv1;',
    facts: { state: 'invalid' },
    findings: ['mta-sts-invalid'],
  },
  {
    title: 'two records',
    zone: '_mta-sts.example.com TXT v=STSv1; id=1\n_mta-sts.example.com TXT v=STSv1; id=2',
    facts: { state: 'several', text: null },
    findings: ['mta-sts-several'],
  },
  {
    title: 'none',
    zone: 'example.com A 192.0.2.1',
    facts: { state: 'absent', text: null },
    findings: [],
  },
  {
    title: 'SERVFAIL is unknown',
    zone: '_mta-sts.example.com FAULT servfail',
    facts: { state: 'unknown' },
    findings: [],
  },
];

const TLS: ZoneCase[] = [
  {
    title: 'a record',
    zone: '_smtp._tls.example.com TXT v=TLSRPTv1; rua=mailto:t@example.com',
    facts: { state: 'valid' },
    findings: [],
  },
  {
    title: 'no rua',
    zone: '_smtp._tls.example.com TXT v=TLSRPTv1',
    facts: { state: 'invalid' },
    findings: ['tls-rpt-invalid'],
  },
  {
    title: 'two records',
    zone: '_smtp._tls.example.com TXT v=TLSRPTv1; rua=mailto:t@example.com\n_smtp._tls.example.com TXT v=TLSRPTv1; rua=https://x.example/t',
    facts: { state: 'several' },
    findings: ['tls-rpt-several'],
  },
  { title: 'none', zone: 'example.com A 192.0.2.1', facts: { state: 'absent' }, findings: [] },
];

describe('mail exchangers', () => {
  it.each(MX)('$title', (each) => expectCase(each, 'mx', ['mx']));
});

describe('MTA-STS', () => {
  it.each(STS)('$title', (each) => expectCase(each, 'mtaSts', ['mta-sts']));
});

describe('TLS-RPT', () => {
  it.each(TLS)('$title', (each) => expectCase(each, 'tlsRpt', ['tls-rpt']));
});

afterAll(() =>
  console.log(`MX, MTA-STS and TLS-RPT: ${MX.length + STS.length + TLS.length} zones`),
);
