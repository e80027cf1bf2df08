import type { Tally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';
import type { DayRange, Totals } from '../store.ts';
import { dayBounds, REPORT_IN_RANGE } from './day-bounds.ts';
import { type FacetSum, tallyOf } from './tallies.ts';

interface Filter {
  domain: string | null;
  from: number;
  to: number;
}

/** Sums over everything that counts, of one domain or of all: by `reporter_day`, the shortest roll-up. */
export function createTotalsQueries(database: Connection) {
  const sums = database.prepare<Filter, FacetSum>(/* sql */ `
    SELECT facet, sum(messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN reporter_day AS s ON s.policy_domain_id = d.id AND s.day BETWEEN @from AND @to
    WHERE @domain IS NULL OR d.name = @domain
    GROUP BY facet
  `);
  const reportsWhere = (condition: string) =>
    database.prepare<Filter, { reports: number; records: number }>(/* sql */ `
      SELECT count(*) AS reports, ifnull(sum(r.records), 0) AS records
      FROM policy_domain AS d
      CROSS JOIN report AS r INDEXED BY report_by_day
        ON r.policy_domain_id = d.id AND r.counted = 1 AND ${condition}
      WHERE @domain IS NULL OR d.name = @domain
    `);
  const allReports = reportsWhere('@from <= @to');
  const reportsInRange = reportsWhere(REPORT_IN_RANGE);

  return {
    totals: (filter: DayRange & { domain: string | null }): Totals => {
      const { from, to, dated } = dayBounds(filter);
      const bound = { domain: filter.domain, from, to };
      const counts = (dated ? reportsInRange : allReports).get(bound);
      return {
        reports: counts?.reports ?? 0,
        records: counts?.records ?? 0,
        tally: tallyOf(sums.all(bound)),
      };
    },
    undated: (domain: string): Tally =>
      tallyOf(sums.all({ domain, from: WITHOUT_A_DAY, to: WITHOUT_A_DAY })),
  };
}
