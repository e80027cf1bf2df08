import type { DnsSnapshot } from '../../../../server/records/dns-snapshot.ts';

/** A domain at Google with one unused include and a selector that is gone. */
export const aSnapshot = (domain: string): DnsSnapshot => ({
  domain,
  askedSeconds: Date.UTC(2026, 10, 23, 4) / 1000,
  resolver: 'system',
  dmarc: {
    state: 'valid',
    name: `_dmarc.${domain}`,
    texts: [`v=DMARC1; p=none; rua=mailto:postmaster@${domain}`],
    record: {
      tags: [
        { name: 'v', value: 'DMARC1' },
        { name: 'p', value: 'none' },
        { name: 'rua', value: `mailto:postmaster@${domain}` },
      ],
      ...{ p: 'none', sp: null, np: null, adkim: null, aspf: null, testing: null },
      ...{ psd: null, pct: null, fo: null, rua: [`mailto:postmaster@${domain}`], ruf: [] },
    },
    ttlSeconds: 3600,
    organizationalDomain: { byTreeWalk: domain, byPublicSuffixList: domain },
    effective: {
      ...{ p: 'none', sp: 'none', np: 'none', adkim: 'relaxed', aspf: 'relaxed' },
      ...{ testing: false, pct: 100 },
    },
    rua: [{ uri: `mailto:postmaster@${domain}`, external: false, authorised: null }],
  },
  spf: {
    state: 'valid',
    text: 'v=spf1 include:_spf.google.com include:spf.old-host.example ~all',
    ttlSeconds: 3600,
    lookups: 6,
    voidLookups: 0,
    all: '~',
    networks: [{ network: '203.0.113.0/24', include: null }],
    includes: [
      { domain: '_spf.google.com', lookups: 4, networks: 9 },
      { domain: 'spf.old-host.example', lookups: 2, networks: 3 },
    ],
    incomplete: false,
  },
  dkim: [
    {
      selector: 'google',
      state: 'valid',
      keyType: 'rsa',
      keyBits: 2048,
      testing: false,
      ttlSeconds: 3600,
      cnames: [],
    },
    {
      selector: 'old',
      state: 'absent',
      keyType: null,
      keyBits: null,
      testing: false,
      ttlSeconds: null,
      cnames: [],
    },
  ],
  mx: {
    state: 'valid',
    nullMx: false,
    hosts: [{ name: 'smtp.google.com', preference: 1, addresses: ['192.0.2.26'] }],
  },
  addresses: ['203.0.113.7'],
  microsoftTenant: null,
  mtaSts: { state: 'absent', text: null },
  tlsRpt: { state: 'unknown', text: null },
  wildcard: false,
  names: [],
  findings: [
    {
      id: 'spf-softfail',
      about: 'spf',
      severity: 'tells',
      text: 'SPF ends with ~all: receivers are told that other addresses are probably not yours.',
      corrected: null,
    },
    {
      id: 'dkim-absent',
      about: 'dkim',
      severity: 'blocks',
      text: 'The key of selector "old" is gone, and mail was signed with it three days ago.',
      corrected: {
        name: `old._domainkey.${domain}`,
        type: 'TXT',
        value: 'v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA',
      },
    },
    {
      id: 'mta-sts-absent',
      about: 'mta-sts',
      severity: 'tells',
      text: 'No MTA-STS policy: mail to you may travel without encryption.',
      corrected: null,
    },
  ],
});
