import { emptyTally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import type { DayRange, ReceiverSummary } from '../store.ts';
import { dayBounds, REPORT_IN_RANGE } from './day-bounds.ts';
import { byMessages, type FacetSum, talliesBy } from './tallies.ts';

interface Bounds {
  domain: string;
  from: number;
  to: number;
}

/** Who reported about a domain in a range: by `reporter_day`, and the index over counted reports. */
export function createReceiverQueries(database: Connection) {
  const reportersWhere = (condition: string) =>
    database.prepare<Bounds, Omit<ReceiverSummary, 'tally'>>(/* sql */ `
      SELECT o.org_name AS orgName, count(*) AS reports, max(r.end_seconds) AS lastReportEndSeconds
      FROM policy_domain AS d
      CROSS JOIN report AS r INDEXED BY report_by_day
        ON r.policy_domain_id = d.id AND r.counted = 1 AND ${condition}
      JOIN reporter AS o ON o.id = r.reporter_id
      WHERE d.name = @domain
      GROUP BY o.id
    `);
  const allReporters = reportersWhere('@from <= @to');
  const reportersInRange = reportersWhere(REPORT_IN_RANGE);
  const sums = database.prepare<Bounds, FacetSum & { orgName: string }>(/* sql */ `
    SELECT o.org_name AS orgName, s.facet, sum(s.messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN reporter_day AS s ON s.policy_domain_id = d.id AND s.day BETWEEN @from AND @to
    JOIN reporter AS o ON o.id = s.reporter_id
    WHERE d.name = @domain
    GROUP BY s.reporter_id, s.facet
  `);
  return (domain: string, range: DayRange): ReceiverSummary[] => {
    const { from, to, dated } = dayBounds(range);
    const bounds = { domain, from, to };
    const tallies = talliesBy(sums.all(bounds), ({ orgName }) => orgName);
    return (dated ? reportersInRange : allReporters)
      .all(bounds)
      .map((receiver) => ({ ...receiver, tally: tallies.get(receiver.orgName) ?? emptyTally() }))
      .sort(byMessages(({ orgName }) => orgName));
  };
}
