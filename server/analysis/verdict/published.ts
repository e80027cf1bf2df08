import type { Disposition } from '../../../ingest/report.ts';
import type { DmarcRecord, DnsSnapshot } from '../../records/dns-snapshot.ts';
import { organizationalDomain } from '../organizational-domain.ts';
import type { Findings } from './case.ts';

/** The domain's own DMARC record, where DNS gave a valid one; null otherwise. */
export function ownRecord({
  dns,
  mail,
}: {
  dns: DnsSnapshot | null;
  mail: { domain: string };
}): DmarcRecord | null {
  if (dns?.dmarc.state !== 'valid' || dns.dmarc.name !== mail.domain) return null;
  return dns.dmarc.record;
}

/**
 * The sp that stands in the record; null where there is none, or where it means nothing because the
 * record is below the organizational domain (RFC 9989 §4.10). Reporters that see none often repeat
 * p, so that an sp equal to p counts as none unless DNS says otherwise.
 */
export function explicitSp(
  findings: Pick<Findings, 'dns' | 'mail' | 'policy'>,
): Disposition | null {
  if (!isOrganizational(findings.mail.domain)) return null;
  const record = ownRecord(findings);
  if (record !== null) return record.sp;
  const { sp } = findings.policy.policy;
  return sp === findings.policy.force.p ? null : sp;
}

export function isOrganizational(domain: string): boolean {
  return organizationalDomain(domain) === domain;
}
