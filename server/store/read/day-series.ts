import { emptyTally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import { dayText } from '../days.ts';
import type { DayRange, DayTally } from '../store.ts';
import { dayBounds, REPORT_IN_RANGE } from './day-bounds.ts';
import { type FacetSum, talliesBy } from './tallies.ts';

interface Bounds {
  domain: string | null;
  from: number;
  to: number;
}

interface Span {
  domain: string;
  firstDay: number;
  lastDay: number;
}

type DomainDay = FacetSum & { domain: string; day: number };

export interface DomainDayTotal {
  domain: string;
  day: string;
  messages: number;
  dmarcAligned: number;
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Sums by day. A day that a report covers is there also when nobody sent a message. */
export function createDaySeriesQueries(database: Connection) {
  const spans = database.prepare<Bounds, Span>(/* sql */ `
    SELECT DISTINCT d.name AS domain, r.first_day AS firstDay, r.last_day AS lastDay
    FROM policy_domain AS d
    CROSS JOIN report AS r INDEXED BY report_by_day
      ON r.policy_domain_id = d.id AND r.counted = 1 AND ${REPORT_IN_RANGE}
    WHERE @domain IS NULL OR d.name = @domain
  `);
  const sums = database.prepare<Bounds, DomainDay>(/* sql */ `
    SELECT d.name AS domain, s.day, s.facet, sum(s.messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN reporter_day AS s ON s.policy_domain_id = d.id AND s.day BETWEEN @from AND @to
    WHERE @domain IS NULL OR d.name = @domain
    GROUP BY d.id, s.day, s.facet
  `);
  const sourceSums = database.prepare<Bounds & { source: string }, DomainDay>(/* sql */ `
    SELECT d.name AS domain, s.day, f.facet, sum(s.messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN source AS n
    CROSS JOIN stream AS t ON t.policy_domain_id = d.id AND t.source_id = n.id
    CROSS JOIN stream_day AS s ON s.stream_id = t.id AND s.day BETWEEN @from AND @to
    JOIN profile AS f ON f.id = t.shape_id
    WHERE d.name = @domain AND n.source_id = @source
    GROUP BY s.day, f.facet
  `);

  const boundsOf = (domain: string | null, range: DayRange): Bounds => {
    const { from, to } = dayBounds(range);
    return { domain, from: Math.max(0, from), to };
  };

  return {
    days: (domain: string, sourceId: string | null, range: DayRange): DayTally[] => {
      const bounds = boundsOf(domain, range);
      const rows =
        sourceId === null ? sums.all(bounds) : sourceSums.all({ ...bounds, source: sourceId });
      const tallies = talliesBy(rows, ({ day }) => day);
      const covered = sourceId === null ? coveredDays(spans.all(bounds), bounds) : [];
      for (const { day } of covered) if (!tallies.has(day)) tallies.set(day, emptyTally());
      return [...tallies]
        .sort(([a], [b]) => a - b)
        .map(([day, tally]) => ({ day: dayText(day), tally }));
    },
    domainTrends: (range: DayRange): DomainDayTotal[] => {
      const bounds = boundsOf(null, range);
      const key = ({ domain, day }: { domain: string; day: number }) => `${dayText(day)} ${domain}`;
      const tallies = talliesBy(sums.all(bounds), key);
      for (const covered of coveredDays(spans.all(bounds), bounds)) {
        if (!tallies.has(key(covered))) tallies.set(key(covered), emptyTally());
      }
      return [...tallies]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([text, { messages, dmarcAligned }]) => ({
          domain: text.slice(DAY_LENGTH + 1),
          day: text.slice(0, DAY_LENGTH),
          messages,
          dmarcAligned,
        }));
    },
  };
}

/** Every day of the spans that lies in the range. */
function coveredDays(
  spans: readonly Span[],
  { from, to }: Bounds,
): { domain: string; day: number }[] {
  return spans.flatMap(({ domain, firstDay, lastDay }) => {
    const first = Math.max(firstDay, from);
    const days = Math.min(lastDay, to) - first + 1;
    return Array.from({ length: days }, (_, index) => ({ domain, day: first + index }));
  });
}
