import type { Connection } from '../connection.ts';
import type { Page, ReportFilter, ReportSummary } from '../store.ts';
import { type DayBounds, dayBounds } from './day-bounds.ts';
import { SUMMARY_COLUMNS, summaryOf, type SummaryRow } from './report-columns.ts';

interface Bound extends Omit<ReportFilter, 'from' | 'to'> {
  from: number;
  to: number;
  dated: 0 | 1;
  /** Where the page before ended. */
  endSeconds: number;
  id: number;
  limit: number;
}

const DAY_SECONDS = 86_400;
/** Longer than any report with a day. */
const LONGEST_SECONDS = 32 * DAY_SECONDS;

// The roll-ups tell whether anything was there on the report's days, so that the rows of a report
// are looked through only where that is likely. They know nothing of what is not counted.
const HAS_ADDRESS = /* sql */ `
  (r.counted = 0 OR EXISTS (
    SELECT 1 FROM address_day AS b
    WHERE b.policy_domain_id = r.policy_domain_id AND b.address_id = i.id
      AND b.day BETWEEN ifnull(r.first_day, -1) AND ifnull(r.last_day, -1)
  )) AND EXISTS (SELECT 1 FROM record AS c WHERE c.report_id = r.id AND c.address_id = i.id)
`;
const HAS_SOURCE = /* sql */ `
  (r.counted = 0 OR EXISTS (
    SELECT 1 FROM stream AS t
    CROSS JOIN stream_day AS s ON s.stream_id = t.id
      AND s.day BETWEEN ifnull(r.first_day, -1) AND ifnull(r.last_day, -1)
    WHERE t.policy_domain_id = r.policy_domain_id AND t.source_id = n.id
  )) AND EXISTS (
    SELECT 1 FROM record AS c
    JOIN address_name AS a
      ON a.policy_domain_id = r.policy_domain_id AND a.address_id = c.address_id
    WHERE c.report_id = r.id AND a.source_id = n.id
  )
`;

/** @param index the one that gives the order; @param entry what is equal in it. */
const listSql = (index: string, entry: string): string => /* sql */ `
  SELECT ${SUMMARY_COLUMNS}
  FROM report AS r INDEXED BY ${index}
  CROSS JOIN policy_domain AS d ON d.id = r.policy_domain_id
  CROSS JOIN reporter AS o ON o.id = r.reporter_id
  WHERE ${entry}
    AND NOT EXISTS (SELECT 1 FROM forgotten_report AS g WHERE g.report_id = r.id)
    AND (ifnull(r.end_seconds, 0), r.id) < (@endSeconds, @id)
    AND (@domain IS NULL OR d.name = @domain)
    AND (@orgName IS NULL OR o.org_name = @orgName)
    AND (@dated = 0 OR (r.first_day <= @to AND r.last_day >= @from))
    AND (@sourceIp IS NULL
         OR EXISTS (SELECT 1 FROM address AS i WHERE i.source_ip = @sourceIp AND ${HAS_ADDRESS}))
    AND (@sourceId IS NULL
         OR EXISTS (SELECT 1 FROM source AS n WHERE n.source_id = @sourceId AND ${HAS_SOURCE}))
  ORDER BY ifnull(r.end_seconds, 0) DESC, r.id DESC
  LIMIT @limit
`;

/** Reports newest first, counted or not, but not forgotten; those without a readable end come last. */
export function createReportList(
  database: Connection,
): (filter: ReportFilter, cursor: string | null, limit: number) => Page<ReportSummary> {
  const byDomain = database.prepare<Bound, SummaryRow>(
    listSql(
      'report_by_domain',
      'r.policy_domain_id = (SELECT id FROM policy_domain WHERE name = @domain)',
    ),
  );
  const byReporter = database.prepare<Bound, SummaryRow>(
    listSql(
      'report_by_reporter',
      'r.reporter_id = (SELECT id FROM reporter WHERE org_name = @orgName)',
    ),
  );
  const all = database.prepare<Bound, SummaryRow>(listSql('report_by_end', 'true'));

  return (filter, cursor, limit) => {
    const bounds = dayBounds(filter);
    const start = cursor === null ? newestOf(bounds) : startOf(cursor);
    if (start === null) return { items: [], nextCursor: null };
    const { domain, orgName, sourceId, sourceIp } = filter;
    const list = domain !== null ? byDomain : orgName !== null ? byReporter : all;
    const found = list.all({
      ...{ domain, orgName, sourceId, sourceIp, ...start },
      ...{ from: bounds.from, to: bounds.to, dated: bounds.dated ? 1 : 0 },
      limit: limit + 1,
    });
    const items = found.slice(0, limit).map(summaryOf);
    const last = items.at(-1);
    const more = found.length > limit && last !== undefined;
    return { items, nextCursor: more ? `${last.endSeconds ?? 0}:${last.id}` : null };
  };
}

interface Start {
  endSeconds: number;
  id: number;
}

/** No report of the range ends later, so that the index is entered there. */
const newestOf = ({ to, dated }: DayBounds): Start => ({
  endSeconds: dated ? (to + 1) * DAY_SECONDS + LONGEST_SECONDS : Number.MAX_SAFE_INTEGER,
  id: Number.MAX_SAFE_INTEGER,
});

/** null where this is no cursor of ours. */
function startOf(cursor: string): Start | null {
  const found = /^(\d{1,15}):(\d{1,15})$/.exec(cursor);
  return found === null ? null : { endSeconds: Number(found[1]), id: Number(found[2]) };
}
