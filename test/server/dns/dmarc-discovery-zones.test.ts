import { afterAll, describe, expect, it } from 'vitest';
import { takeSnapshot } from '../../../server/dns/snapshot.ts';
import { walkNames } from '../../../server/dns/tree-walk.ts';
import { snapshotOf, withZone } from '../../dns/snapshot-of.ts';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const RUA = 'rua=mailto:d@example.com';

const CASES: ZoneCase[] = [
  {
    title: 'a subdomain under sp',
    domain: 'a.example.com',
    zone: `a.example.com A 192.0.2.1\n_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject; ${RUA}`,
    facts: {
      state: 'valid',
      name: 'example.com',
      effective: { p: 'quarantine', sp: 'quarantine', np: 'reject' },
    },
    findings: [],
  },
  {
    title: 'an absent subdomain under np',
    domain: 'b.example.com',
    zone: `_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject; ${RUA}`,
    facts: { name: 'example.com', effective: { p: 'reject' } },
    findings: [],
  },
  {
    title: 'a subdomain whose existence is unknown falls under sp',
    domain: 'c.example.com',
    zone: `c.example.com A! servfail\n_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject; ${RUA}`,
    facts: { effective: { p: 'quarantine' } },
    findings: [],
  },
  {
    title: 'a subdomain with a record of its own',
    domain: 'a.example.com',
    zone: `_dmarc.a.example.com TXT v=DMARC1; p=reject; sp=none; ${RUA}\n_dmarc.example.com TXT v=DMARC1; p=none; ${RUA}`,
    facts: {
      name: 'a.example.com',
      effective: { p: 'reject' },
      organizationalDomain: { byTreeWalk: 'example.com' },
    },
    findings: ['dmarc-sp-below'],
    corrected: `v=DMARC1; p=reject; ${RUA}`,
  },
  {
    title: 'psd=n makes an organizational domain',
    domain: 'a.b.example.com',
    zone: `_dmarc.b.example.com TXT v=DMARC1; p=reject; psd=n; rua=mailto:d@b.example.com\n_dmarc.example.com TXT v=DMARC1; p=none; ${RUA}`,
    facts: {
      name: 'b.example.com',
      organizationalDomain: { byTreeWalk: 'b.example.com', byPublicSuffixList: 'example.com' },
    },
    findings: ['dmarc-by-suffix-list-only', 'dmarc-discovery-differs'],
  },
  {
    title: 'psd=y above: the organizational domain is one label below',
    domain: 'a.b.example.com',
    zone: `_dmarc.example.com TXT v=DMARC1; p=reject; psd=y; ${RUA}`,
    facts: { name: 'example.com', organizationalDomain: { byTreeWalk: 'b.example.com' } },
    findings: ['dmarc-psd', 'dmarc-discovery-differs'],
  },
  {
    title: 'a public suffix with psd=y',
    domain: 'shop.co.uk',
    zone: '_dmarc.co.uk TXT v=DMARC1; p=reject; psd=y; rua=mailto:d@shop.co.uk\n_dmarc.shop.co.uk EMPTY',
    facts: {
      name: 'co.uk',
      organizationalDomain: { byTreeWalk: 'shop.co.uk', byPublicSuffixList: 'shop.co.uk' },
      effective: { p: 'reject' },
    },
    findings: ['rua-not-authorised', 'dmarc-by-suffix-list-only'],
  },
  {
    title: 'a record only above the public suffix list’s domain',
    domain: 'foo.github.io',
    zone: `_dmarc.github.io TXT v=DMARC1; p=reject; rua=mailto:d@github.io`,
    facts: {
      name: 'github.io',
      organizationalDomain: { byTreeWalk: 'github.io', byPublicSuffixList: 'foo.github.io' },
    },
    findings: ['dmarc-by-suffix-list-only', 'dmarc-discovery-differs'],
  },
  {
    title: 'two records at the name, one above',
    domain: 'a.example.com',
    zone: `_dmarc.a.example.com TXT v=DMARC1; p=reject\n_dmarc.a.example.com TXT v=DMARC1; p=none\n_dmarc.example.com TXT v=DMARC1; p=quarantine; ${RUA}`,
    facts: { state: 'several', name: 'example.com' },
    findings: ['dmarc-several'],
  },
  {
    title: 'SERVFAIL is unknown, not absent',
    zone: '_dmarc.example.com FAULT servfail',
    facts: { state: 'unknown', record: null, effective: null },
    findings: ['dmarc-unknown'],
  },
  {
    title: 'REFUSED is unknown',
    zone: '_dmarc.example.com FAULT refused',
    facts: { state: 'unknown' },
    findings: ['dmarc-unknown'],
  },
  {
    title: 'garbage is unknown',
    zone: '_dmarc.example.com FAULT garbage',
    facts: { state: 'unknown' },
    findings: ['dmarc-unknown'],
  },
  {
    title: 'aliases in a circle are unknown',
    zone: '_dmarc.example.com CNAME x.example\nx.example CNAME _dmarc.example.com',
    facts: { state: 'unknown' },
    findings: ['dmarc-unknown'],
  },
  {
    title: 'a failure above leaves a subdomain unknown',
    domain: 'a.example.com',
    zone: '_dmarc.example.com FAULT servfail\na.example.com A 192.0.2.1',
    facts: { state: 'unknown', organizationalDomain: { byTreeWalk: null } },
    findings: ['dmarc-unknown'],
  },
  {
    title: 'a failure above leaves an own record as it is',
    domain: 'a.example.com',
    zone: '_dmarc.example.com FAULT servfail\n_dmarc.a.example.com TXT v=DMARC1; p=reject; rua=mailto:d@a.example.com',
    facts: { state: 'valid', effective: { p: 'reject' } },
    findings: [],
  },
];

describe('the DMARC record that governs a domain', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase(each, 'dmarc', ['dmarc', 'rua']);
  });

  it('a silent server is unknown', async () => {
    const snapshot = await snapshotOf(
      'example.com',
      'example.com FAULT silent\n_dmarc.example.com FAULT silent',
    );
    expect(snapshot.dmarc.state).toBe('unknown');
    expect(snapshot.wildcard).toBe(false);
  });
});

describe('the tree walk', () => {
  it('takes eight questions at most, by the example of RFC 9989 4.10', async () => {
    const domain = 'a.b.c.d.e.f.g.h.i.j.mail.example.com';
    const names = [
      domain,
      'g.h.i.j.mail.example.com',
      'h.i.j.mail.example.com',
      'i.j.mail.example.com',
      'j.mail.example.com',
      'mail.example.com',
      'example.com',
      'com',
    ];
    expect(walkNames(domain)).toEqual(names);
    await withZone('com A 192.0.2.1', async (resolver, server) => {
      await takeSnapshot(domain, { resolver, selectors: [], names: [], nowSeconds: 0 });
      const asked = server.asked.filter((question) => question.startsWith('TXT _dmarc.'));
      expect(asked).toEqual(names.map((name) => `TXT _dmarc.${name}`));
    });
  });

  it.each([
    ['example.com', ['example.com', 'com']],
    ['a.example.com', ['a.example.com', 'example.com', 'com']],
    [
      'a.b.c.d.e.f.g.h',
      [
        'a.b.c.d.e.f.g.h',
        'b.c.d.e.f.g.h',
        'c.d.e.f.g.h',
        'd.e.f.g.h',
        'e.f.g.h',
        'f.g.h',
        'g.h',
        'h',
      ],
    ],
    ['com', ['com']],
  ])('asks upwards from %s', (domain, names) => {
    expect(walkNames(domain)).toEqual(names);
  });
});

afterAll(() => console.log(`the DMARC record that governs a domain: ${CASES.length} zones`));
