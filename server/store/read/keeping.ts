import type { Connection } from '../connection.ts';
import { FORGETTABLE } from '../forgettable.ts';
import type { ForgetFilter, Forgettable, KeepingReader, StoreSize } from '../keeping.ts';
import { createUpkeepList } from '../upkeep-rows.ts';

type Answers = {
  [Name in keyof KeepingReader]: (
    ...args: Parameters<KeepingReader[Name]>
  ) => Awaited<ReturnType<KeepingReader[Name]>>;
};

/** How large the store is, what of it could be forgotten, and what was last done for its safety. */
export function createKeepingQueries(database: Connection): Answers {
  const newestEnd = database
    .prepare<[], number | null>(
      /* sql */ `
      SELECT end_seconds FROM report INDEXED BY report_by_end
      WHERE ifnull(end_seconds, 0) > 0 ORDER BY ifnull(end_seconds, 0) DESC LIMIT 1
    `,
    )
    .pluck();
  const domains = database.prepare<ForgetFilter, Forgettable['domains'][number]>(/* sql */ `
    SELECT d.name AS domain, count(*) AS reports, sum(r.records) AS records,
           sum(r.messages) AS messages
    FROM report AS r JOIN policy_domain AS d ON d.id = r.policy_domain_id
    WHERE ${FORGETTABLE} AND (@domain IS NULL OR d.name = @domain)
    GROUP BY d.id ORDER BY messages DESC, d.name
  `);
  const size = database.prepare<[], StoreSize>(/* sql */ `
    SELECT s.page_size * n.page_count AS bytes, s.page_size * f.freelist_count AS freeBytes,
           (SELECT count(*) FROM report) - (SELECT count(*) FROM forgotten_report) AS reports,
           (SELECT count(*) FROM forgotten_report) AS forgottenReports,
           (SELECT count(*) FROM kept) AS kept
    FROM pragma_page_size AS s, pragma_page_count AS n, pragma_freelist_count AS f
  `);
  return {
    newestReportEnd: () => newestEnd.get() ?? null,
    forgettable: (filter) => {
      const found = domains.all(filter);
      const sum = (key: 'reports' | 'records' | 'messages'): number =>
        found.reduce((total, domain) => total + domain[key], 0);
      const sums = { reports: sum('reports'), records: sum('records'), messages: sum('messages') };
      return { ...sums, domains: found };
    },
    upkeep: createUpkeepList(database),
    storeSize: () => {
      const found = size.get();
      if (found === undefined) throw new Error('A query without a table gave no row.');
      return found;
    },
  };
}
