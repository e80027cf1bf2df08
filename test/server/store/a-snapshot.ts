import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';

export interface WantedSnapshot {
  domain?: string;
  askedSeconds?: number;
  networks?: DnsSnapshot['spf']['networks'];
  spfState?: DnsSnapshot['spf']['state'];
  /** Addresses of its only mail host; null: the look-up failed. */
  mx?: string[] | null;
  addresses?: string[];
}

/** A snapshot in which nothing is wrong and nothing is published but what was wanted. */
export function aSnapshot(wanted: WantedSnapshot = {}): DnsSnapshot {
  const { domain = 'example.org', askedSeconds = 1_773_000_000, networks = [] } = wanted;
  const { spfState = 'valid', mx = [], addresses = [] } = wanted;
  const absent = { state: 'absent', text: null } as const;
  return {
    ...{ domain, askedSeconds, resolver: 'system' },
    dmarc: {
      ...{ state: 'absent', name: null, texts: [], record: null, ttlSeconds: null },
      organizationalDomain: { byTreeWalk: null, byPublicSuffixList: domain },
      ...{ effective: null, rua: [] },
    },
    spf: {
      ...{ state: spfState, text: null, ttlSeconds: null, lookups: 0, voidLookups: 0, all: null },
      ...{ networks, includes: [], incomplete: false },
    },
    dkim: [],
    mx: {
      ...{ state: mx === null ? 'unknown' : 'valid', nullMx: false },
      hosts: mx === null ? [] : [{ name: `mx.${domain}`, preference: 0, addresses: mx }],
    },
    ...{ addresses, microsoftTenant: null, mtaSts: absent, tlsRpt: absent, wildcard: false },
    ...{ names: [], findings: [] },
  };
}
