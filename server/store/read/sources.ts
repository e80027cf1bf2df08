import { emptyTally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import { dayText } from '../days.ts';
import type { AddressSummary, DayRange, SourceName, SourceSummary } from '../store.ts';
import { dayBounds } from './day-bounds.ts';
import { createPassedUnaligned } from './passed-unaligned.ts';
import { byMessages, type FacetSum, talliesBy } from './tallies.ts';

interface Bounds {
  domain: string;
  from: number;
  to: number;
}

type SourceRow = Omit<SourceName, 'evidence'> & {
  row: number;
  facet: number;
  messages: number;
  firstDay: number | null;
  lastDay: number | null;
};

/** The networks and services of one domain, by its streams; their addresses by the base roll-up. */
export function createSourceQueries(database: Connection) {
  const sums = database.prepare<Bounds, SourceRow>(/* sql */ `
    SELECT n.id AS row, n.source_id AS id, n.name, n.kind, f.facet, sum(s.messages) AS messages,
           min(s.day) FILTER (WHERE s.day >= 0) AS firstDay,
           max(s.day) FILTER (WHERE s.day >= 0) AS lastDay
    FROM policy_domain AS d
    CROSS JOIN stream AS t ON t.policy_domain_id = d.id
    CROSS JOIN stream_day AS s ON s.stream_id = t.id AND s.day BETWEEN @from AND @to
    JOIN profile AS f ON f.id = t.shape_id
    JOIN source AS n ON n.id = t.source_id
    WHERE d.name = @domain
    GROUP BY t.source_id, f.facet
  `);
  // The evidence is that of the address with most messages.
  const addressNames = database.prepare<
    Bounds,
    { row: number; addresses: number; evidence: string }
  >(/* sql */ `
    SELECT row, count(*) AS addresses, max(format('%016d', messages) || evidence) AS evidence
    FROM (
      SELECT a.source_id AS row, a.evidence, (
        SELECT sum(b.messages) FROM address_day AS b
        WHERE b.policy_domain_id = d.id AND b.address_id = a.address_id
          AND b.day BETWEEN @from AND @to
      ) AS messages
      FROM policy_domain AS d
      CROSS JOIN address_name AS a ON a.policy_domain_id = d.id
      WHERE d.name = @domain
    )
    WHERE messages IS NOT NULL
    GROUP BY row
  `);
  const addressSums = database.prepare<
    Bounds & { source: string },
    FacetSum & { sourceIp: string }
  >(/* sql */ `
    SELECT i.source_ip AS sourceIp, f.facet, sum(b.messages) AS messages
    FROM policy_domain AS d
    CROSS JOIN source AS n
    CROSS JOIN address_name AS a ON a.policy_domain_id = d.id AND a.source_id = n.id
    CROSS JOIN address_day AS b
      ON b.policy_domain_id = d.id AND b.address_id = a.address_id AND b.day BETWEEN @from AND @to
    JOIN profile AS f ON f.id = b.shape_id
    JOIN address AS i ON i.id = a.address_id
    WHERE d.name = @domain AND n.source_id = @source
    GROUP BY a.address_id, f.facet
  `);
  const passedUnaligned = createPassedUnaligned(database);

  return {
    sources: (domain: string, range: DayRange): SourceSummary[] => {
      const { from, to } = dayBounds(range);
      const bounds = { domain, from, to };
      const rows = sums.all(bounds);
      const tallies = talliesBy(rows, ({ row }) => row);
      const addressesOf = new Map(addressNames.all(bounds).map((found) => [found.row, found]));
      const unaligned = passedUnaligned(bounds);
      return [...groupsOf(rows)]
        .map(([row, [source, ...more]]) => ({
          id: source.id,
          name: source.name,
          kind: source.kind,
          evidence: addressesOf.get(row)?.evidence.slice(EVIDENCE_AT) ?? '',
          tally: tallies.get(row) ?? emptyTally(),
          addresses: addressesOf.get(row)?.addresses ?? 0,
          ...firstAndLast([source, ...more]),
          passedUnaligned: unaligned.get(row) ?? [],
        }))
        .sort(byMessages(({ id }) => id));
    },
    addresses: (domain: string, sourceId: string, range: DayRange): AddressSummary[] => {
      const { from, to } = dayBounds(range);
      const rows = addressSums.all({ domain, source: sourceId, from, to });
      return [...talliesBy(rows, ({ sourceIp }) => sourceIp)]
        .map(([sourceIp, tally]) => ({ sourceIp, tally }))
        .sort(byMessages(({ sourceIp }) => sourceIp));
    },
  };
}

/** Behind the digits that put the address with most messages first. */
const EVIDENCE_AT = 16;

function groupsOf(rows: readonly SourceRow[]): Map<number, [SourceRow, ...SourceRow[]]> {
  const groups = new Map<number, [SourceRow, ...SourceRow[]]>();
  for (const row of rows) {
    const group = groups.get(row.row);
    if (group === undefined) groups.set(row.row, [row]);
    else group.push(row);
  }
  return groups;
}

function firstAndLast(rows: readonly SourceRow[]): {
  firstDay: string | null;
  lastDay: string | null;
} {
  const first = rows.flatMap(({ firstDay }) => firstDay ?? []);
  const last = rows.flatMap(({ lastDay }) => lastDay ?? []);
  return {
    firstDay: first.length === 0 ? null : dayText(Math.min(...first)),
    lastDay: last.length === 0 ? null : dayText(Math.max(...last)),
  };
}
