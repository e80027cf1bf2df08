import { emptyTally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import type { DayRange, DomainSummary } from '../store.ts';
import { dayBounds, REPORT_IN_RANGE } from './day-bounds.ts';
import { POLICY_COLUMNS, policyOf, type PolicyRow } from './policy-columns.ts';
import { byMessages, type FacetSum, talliesBy } from './tallies.ts';

interface Bounds {
  from: number;
  to: number;
  only: string | null;
}

const ONLY = '(@only IS NULL OR d.name = @only)';

interface Counts {
  domain: string;
  reports: number;
  reporters: number;
}

/** Every domain that a counted report speaks of, also those without mail in the range. */
export function createDomainQueries(database: Connection) {
  const newest = database.prepare<
    { only: string | null },
    PolicyRow & { endSeconds: number | null }
  >(/* sql */ `
    SELECT ${POLICY_COLUMNS}, r.end_seconds AS endSeconds
    FROM policy_domain AS d
    JOIN report AS r ON r.id = (
      SELECT id FROM report INDEXED BY report_by_domain
      WHERE policy_domain_id = d.id AND counted = 1
      ORDER BY ifnull(end_seconds, 0) DESC, identity LIMIT 1
    )
    JOIN policy AS p ON p.id = r.policy_id
    WHERE ${ONLY}
  `);
  const countsWhere = (condition: string) =>
    database.prepare<Bounds, Counts>(/* sql */ `
      SELECT d.name AS domain, count(*) AS reports, count(DISTINCT r.reporter_id) AS reporters
      FROM policy_domain AS d
      CROSS JOIN report AS r INDEXED BY report_by_day
        ON r.policy_domain_id = d.id AND r.counted = 1 AND ${condition}
      WHERE ${ONLY}
      GROUP BY d.id
    `);
  const allCounts = countsWhere('@from <= @to');
  const countsInRange = countsWhere(REPORT_IN_RANGE);
  const sums = database.prepare<Bounds, FacetSum & { domain: string }>(/* sql */ `
    SELECT d.name AS domain, s.facet, sum(s.messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN reporter_day AS s ON s.policy_domain_id = d.id AND s.day BETWEEN @from AND @to
    WHERE ${ONLY}
    GROUP BY d.id, s.facet
  `);

  return {
    domains: (range: DayRange, only: string | null = null): DomainSummary[] => {
      const { from, to, dated } = dayBounds(range);
      const bounds = { from, to, only };
      const counts = (dated ? countsInRange : allCounts).all(bounds);
      const countsOf = new Map(counts.map((row) => [row.domain, row]));
      const tallies = talliesBy(sums.all(bounds), (row) => row.domain);
      return newest
        .all({ only })
        .map(({ endSeconds, ...policy }) => ({
          domain: policy.domain,
          policyPublished: policyOf(policy),
          tally: tallies.get(policy.domain) ?? emptyTally(),
          reports: countsOf.get(policy.domain)?.reports ?? 0,
          reporters: countsOf.get(policy.domain)?.reporters ?? 0,
          lastReportEndSeconds: endSeconds,
        }))
        .sort(byMessages(({ domain }) => domain));
    },
  };
}
