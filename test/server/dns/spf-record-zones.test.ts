import { afterAll, describe, it } from 'vitest';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const own = (network: string) => ({ network, include: null });
const by = (include: string, network: string) => ({ network, include });

const CASES: ZoneCase[] = [
  {
    title: 'networks of its own',
    zone: 'example.com 900 TXT v=spf1 ip4:203.0.113.7 ip4:198.51.100.9/24 ip6:2001:DB8::1/48 -all',
    facts: {
      state: 'valid',
      ttlSeconds: 900,
      lookups: 0,
      voidLookups: 0,
      all: '-',
      incomplete: false,
      networks: [own('203.0.113.7/32'), own('198.51.100.0/24'), own('2001:db8::/48')],
      includes: [],
    },
    findings: [],
  },
  {
    title: 'a, mx and an include',
    zone: 'example.com TXT v=spf1 a mx/28 include:_spf.mail.example ~all\nexample.com A 203.0.113.1\nexample.com AAAA 2001:db8::1\nexample.com MX 10 mx.example.com\nmx.example.com A 203.0.113.20\n_spf.mail.example TXT v=spf1 ip4:192.0.2.0/24 -all',
    facts: {
      lookups: 3,
      all: '~',
      networks: [
        own('203.0.113.1/32'),
        own('2001:db8::1/128'),
        own('203.0.113.16/28'),
        by('_spf.mail.example', '192.0.2.0/24'),
      ],
      includes: [{ domain: '_spf.mail.example', lookups: 1, networks: 1 }],
    },
    findings: [],
  },
  {
    title: 'includes in includes',
    zone: 'example.com TXT v=spf1 include:a.example -all\na.example TXT v=spf1 include:b.example include:c.example ~all\nb.example TXT v=spf1 ip4:192.0.2.1 ~all\nc.example TXT v=spf1 ip4:192.0.2.2 a:h.example ~all\nh.example A 192.0.2.3',
    facts: {
      lookups: 4,
      networks: ['1', '2', '3'].map((last) => by('a.example', `192.0.2.${last}/32`)),
      includes: [{ domain: 'a.example', lookups: 4, networks: 3 }],
    },
    findings: [],
  },
  {
    title: 'a redirect',
    zone: 'example.com TXT v=spf1 redirect=_spf.example.com\n_spf.example.com TXT v=spf1 ip4:192.0.2.1 -all',
    facts: {
      lookups: 1,
      all: '-',
      networks: [by('_spf.example.com', '192.0.2.1/32')],
      includes: [{ domain: '_spf.example.com', lookups: 1, networks: 1 }],
    },
    findings: [],
  },
  {
    title: 'a redirect beside an all is void',
    zone: 'example.com TXT v=spf1 ip4:192.0.2.1 redirect=_spf.example.com -all',
    facts: { state: 'valid', lookups: 0, all: '-' },
    findings: ['spf-redirect-ignored'],
    corrected: 'v=spf1 ip4:192.0.2.1 -all',
  },
  {
    title: 'a redirect to a name without a record',
    zone: 'example.com TXT v=spf1 redirect=none.example',
    facts: { state: 'invalid', lookups: 1 },
    findings: ['spf-include-absent'],
  },
  {
    title: 'no record',
    zone: 'example.com TXT hello',
    facts: { state: 'absent', lookups: null, text: null },
    findings: ['spf-absent'],
  },
  {
    title: 'v=spf10 is none',
    zone: 'example.com TXT v=spf10 -all',
    facts: { state: 'absent' },
    findings: ['spf-absent'],
  },
  {
    title: 'two records',
    zone: 'example.com TXT v=spf1 ip4:192.0.2.1 -all\nexample.com TXT v=spf1 include:b.example ~all',
    facts: { state: 'several', text: null, lookups: null },
    findings: ['spf-several'],
    corrected: 'v=spf1 ip4:192.0.2.1 include:b.example ~all',
  },
  {
    title: 'pieces joined without a space',
    zone: 'example.com TXT "v=spf1 ip4:192.0." "2.1 -all"',
    facts: { networks: [own('192.0.2.1/32')] },
    findings: [],
  },
  {
    title: 'capitals',
    zone: 'example.com TXT V=SPF1 IP4:192.0.2.1 INCLUDE:B.Example -ALL\nb.example TXT v=spf1 -all',
    facts: {
      state: 'valid',
      all: '-',
      includes: [{ domain: 'b.example', lookups: 1, networks: 0 }],
    },
    findings: [],
  },
  {
    title: 'an unknown mechanism',
    zone: 'example.com TXT v=spf1 ipv4:192.0.2.1 -all',
    facts: { state: 'invalid' },
    findings: ['spf-syntax'],
    corrected: 'v=spf1 -all',
  },
  {
    title: 'a network with host bits beyond its length',
    zone: 'example.com TXT v=spf1 ip4:192.0.2.1/33 -all',
    facts: { state: 'invalid' },
    findings: ['spf-syntax'],
  },
  {
    title: 'an include without a name',
    zone: 'example.com TXT v=spf1 include: ~all',
    facts: { state: 'invalid' },
    findings: ['spf-syntax'],
  },
  {
    title: 'a tab between terms',
    zone: 'example.com TXT "v=spf1 ip4:192.0.2.1\t-all"',
    facts: { state: 'invalid' },
    findings: ['spf-syntax', 'spf-no-all'],
  },
  {
    title: 'unknown modifiers are allowed',
    zone: 'example.com TXT v=spf1 ip4:192.0.2.1 ra=postmaster rp=100 -all',
    facts: { state: 'valid' },
    findings: [],
  },
  {
    title: 'redirect twice',
    zone: 'example.com TXT v=spf1 redirect=a.example redirect=a.example\na.example TXT v=spf1 -all',
    facts: { state: 'invalid' },
    findings: ['spf-modifier-twice'],
    corrected: 'v=spf1 redirect=a.example',
  },
  {
    title: '+all',
    zone: 'example.com TXT v=spf1 mx +all\nexample.com MX 1 a.example\na.example A 192.0.2.1',
    facts: { state: 'valid', all: '+' },
    findings: ['spf-all-plus'],
    corrected: 'v=spf1 mx ~all',
  },
  {
    title: 'all without a sign is +all',
    zone: 'example.com TXT v=spf1 all',
    facts: { all: '+' },
    findings: ['spf-all-plus'],
  },
  {
    title: '+all by redirect',
    zone: 'example.com TXT v=spf1 redirect=b.example\nb.example TXT v=spf1 +all',
    facts: { all: '+' },
    findings: [],
  },
  {
    title: '?all',
    zone: 'example.com TXT v=spf1 ?all',
    facts: { all: '?' },
    findings: ['spf-all-neutral'],
  },
  {
    title: 'no all',
    zone: 'example.com TXT v=spf1 ip4:192.0.2.1',
    facts: { all: null },
    findings: ['spf-no-all'],
    corrected: 'v=spf1 ip4:192.0.2.1 ~all',
  },
  {
    title: 'terms after all cost nothing',
    zone: 'example.com TXT v=spf1 -all include:b.example a',
    facts: { lookups: 0, includes: [] },
    findings: ['spf-after-all', 'spf-after-all'],
    corrected: 'v=spf1 -all',
  },
  {
    title: 'an include that passes all',
    zone: 'example.com TXT v=spf1 include:b.example -all\nb.example TXT v=spf1 +all',
    facts: { all: '-' },
    findings: ['spf-include-passes-all'],
    corrected: 'v=spf1 -all',
  },
  {
    title: 'ip4:0.0.0.0/0',
    zone: 'example.com TXT v=spf1 ip4:0.0.0.0/0 -all',
    facts: { networks: [own('0.0.0.0/0')] },
    findings: ['spf-everyone'],
  },
  {
    title: 'a wide network',
    zone: 'example.com TXT v=spf1 ip4:10.0.0.0/8 -all',
    facts: {},
    findings: ['spf-wide'],
  },
];

describe('an SPF record as published', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase(each, 'spf', ['spf']);
  });
});

afterAll(() => console.log(`an SPF record as published: ${CASES.length} zones`));
