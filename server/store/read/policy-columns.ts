import type { PolicyPublished } from '../../../ingest/report.ts';

/** The columns of `policy AS p` that make a PolicyPublished, of the domain `d`. */
export const POLICY_COLUMNS = /* sql */ `
  d.name AS domain, p.p, p.sp, p.np, p.adkim, p.aspf, p.pct, p.fo, p.testing,
  p.discovery_method AS discoveryMethod
`;

export type PolicyRow = Omit<PolicyPublished, 'testing'> & { testing: 0 | 1 | null };

export const policyOf = (row: PolicyRow): PolicyPublished => ({
  domain: row.domain,
  p: row.p,
  sp: row.sp,
  np: row.np,
  adkim: row.adkim,
  aspf: row.aspf,
  pct: row.pct,
  fo: row.fo,
  testing: row.testing === null ? null : row.testing === 1,
  discoveryMethod: row.discoveryMethod,
});
