import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import { isCoveredElsewhere, networkIdsOfInclude } from './include-networks.ts';

export interface IncludeEffect {
  /** Networks whose mail no longer passes SPF for the domain. */
  networkIds: ReadonlySet<string>;
  /** What has to be told about it; null: no include was dropped. */
  told: 'not-in-record' | 'record-not-read' | 'covered-elsewhere' | 'dropped' | null;
}

const NO_NETWORK: ReadonlySet<string> = new Set();

/** What taking an include out of the domain's SPF record takes with it. */
export function includeEffect(include: string | null, dns: DnsSnapshot | null): IncludeEffect {
  if (include === null) return { networkIds: NO_NETWORK, told: null };
  const name = include.toLowerCase();
  const networkIds = new Set(networkIdsOfInclude(name));
  if (dns?.spf.state !== 'valid') return { networkIds, told: 'record-not-read' };
  if (!dns.spf.includes.some(({ domain }) => domain === name)) {
    return { networkIds: NO_NETWORK, told: 'not-in-record' };
  }
  if (isCoveredElsewhere(dns, name)) return { networkIds: NO_NETWORK, told: 'covered-elsewhere' };
  return { networkIds, told: 'dropped' };
}
