import type { DnsInsight } from '../insight/insight.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DnsResponse, DnsSnapshotResponse } from './contract-dns.ts';
import { dayText } from './day-range.ts';

/** What DNS says of a domain: the answer of the API, and of `ruadmap dns --json`. */
export function dnsJson(domain: string, insight: DnsInsight): DnsResponse {
  const { newest, history, unusedIncludes } = insight;
  return {
    domain,
    newest: newest === null ? null : snapshotJson(newest),
    history,
    unusedIncludes: unusedIncludes.map(({ include, lookups, lastUsedDay }) => ({
      include,
      lookups,
      lastUsedDay: lastUsedDay === null ? null : dayText(lastUsedDay),
    })),
  };
}

function snapshotJson(snapshot: DnsSnapshot): DnsSnapshotResponse {
  const { askedSeconds, resolver, dmarc, spf, dkim, mx, mtaSts, tlsRpt, findings } = snapshot;
  const { state, name, texts, ttlSeconds, organizationalDomain, effective, rua } = dmarc;
  return {
    ...{ askedSeconds, resolver },
    dmarc: { state, name, texts, ttlSeconds, organizationalDomain, effective, rua },
    // A tree may have thousands of networks, and nobody reads them on a page.
    spf: { ...spf, networks: spf.networks.length },
    ...{ dkim, mx, mtaSts, tlsRpt, findings },
  };
}
