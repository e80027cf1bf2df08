import { hash } from 'node:crypto';
import type { AggregateReport } from './report.ts';

/**
 * What makes two documents the same report: 32 bytes over the reporter's name, the report's id, the
 * policy domain and the dates, each as sent, trimmed (the domain in its canonical form). A report id
 * is unique only to its reporter, and some reporters use one for several domains or days. Without an
 * id, or with neither reporter nor domain, only the content can tell: it joins in.
 */
export function identityOf(
  { metadata, policyPublished }: AggregateReport,
  contentSha256: string,
): Buffer {
  const { orgName, reportId, dateRange } = metadata;
  const { domain } = policyPublished;
  const isAnonymous = reportId === '' || (orgName === '' && domain === '');
  const parts = [orgName, reportId, domain, dateRange.begin, dateRange.end];
  if (isAnonymous) parts.push(contentSha256);
  return hash('sha256', JSON.stringify(parts), 'buffer');
}
