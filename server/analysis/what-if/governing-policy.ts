import type { Disposition } from '../../../ingest/report.ts';
import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { Candidate } from '../what-if-types.ts';

/** `elsewhere`: another policy domain's record governs it. */
export type GoverningPolicy = Disposition | 'elsewhere';

export interface PolicyNames {
  domain: string;
  otherPolicyDomains: readonly string[];
  dns: Pick<DnsSnapshot, 'names' | 'wildcard'> | null;
}

/**
 * Which policy of a candidate governs mail from `headerFrom` (RFC 9989 §4.7): p for the domain itself,
 * np for names known not to exist, sp for other names below it. With a wildcard every name exists.
 */
export function governingPolicy(
  { domain, otherPolicyDomains, dns }: PolicyNames,
  { p, sp, np }: Candidate,
): (headerFrom: string | null) => GoverningPolicy {
  const asked = dns === null || dns.wildcard === true ? [] : dns.names;
  const absent = new Set(asked.filter(({ exists }) => exists === false).map(({ name }) => name));
  return (headerFrom) => {
    if (headerFrom === null || !headerFrom.endsWith(`.${domain}`)) return p;
    if (otherPolicyDomains.some((other) => isAtOrBelow(headerFrom, other))) return 'elsewhere';
    return absent.has(headerFrom) ? (np ?? sp ?? p) : (sp ?? p);
  };
}

function isAtOrBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
