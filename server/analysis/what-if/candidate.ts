import type { PolicyPublished } from '../../../ingest/report.ts';
import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { Candidate } from '../what-if-types.ts';

/**
 * The policy in force as a candidate, with nothing dropped: today's record where DNS was read and has
 * a valid one, else what reports show. pct and t=y are left out: it asks for its p in full.
 * @param policy as the reports show it; null: none was seen, which is p=none
 */
export function candidateInForce(
  policy: PolicyPublished | null,
  dns: Pick<DnsSnapshot, 'domain' | 'dmarc'> | null,
): Candidate {
  return {
    ...(publishedTags(dns) ?? reportedTags(policy)),
    dropInclude: null,
    dropSelector: null,
  };
}

type Tags = Omit<Candidate, 'dropInclude' | 'dropSelector'>;

function publishedTags(dns: Pick<DnsSnapshot, 'domain' | 'dmarc'> | null): Tags | null {
  if (dns?.dmarc.state !== 'valid' || dns.dmarc.effective === null) return null;
  const { name, record, effective } = dns.dmarc;
  const { p, adkim, aspf } = effective;
  // A record of the domain above it has no tags for names below this one.
  const isOwn = name?.replace(/^_dmarc\./, '') === dns.domain;
  const sp = isOwn ? (record?.sp ?? null) : null;
  const np = isOwn ? (record?.np ?? null) : null;
  return { p, sp, np, adkim, aspf };
}

/** Most reporters write sp as p where there is none: then it goes with p. */
function reportedTags(policy: PolicyPublished | null): Tags {
  const p = policy?.p ?? 'none';
  const sp = policy === null || policy.sp === p ? null : policy.sp;
  const np = policy === null || policy.np === (sp ?? p) ? null : policy.np;
  return { p, sp, np, adkim: policy?.adkim ?? 'relaxed', aspf: policy?.aspf ?? 'relaxed' };
}
