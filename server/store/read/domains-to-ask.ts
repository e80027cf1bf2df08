import type { Connection } from '../connection.ts';
import type { DomainToAsk } from '../store.ts';

interface Bounds {
  from: number;
  to: number;
  now: number;
}

type Row = Omit<DomainToAsk, 'hasUserWord'> & { hasUserWord: 0 | 1 };

const WORDS = ['source_class', 'source_fixed', 'source_rhythm', 'waiver', 'domain_word', 'note'];

/**
 * Domains of counted reports in the order in which DNS is asked about them. Days on which a report
 * begins come before messages: one report of a stranger may count any number of messages, on 31 days.
 */
export function createDomainsToAsk(
  database: Connection,
): (from: number, to: number, nowSeconds: number) => DomainToAsk[] {
  const isSpokenOf = WORDS.map(
    (table) => `EXISTS (SELECT 1 FROM ${table} WHERE policy_domain = d.name)`,
  ).join(' OR ');
  const domains = database.prepare<Bounds, Row>(/* sql */ `
    SELECT d.name AS domain, ${isSpokenOf} AS hasUserWord,
      count(DISTINCT r.first_day) AS reportDays, ifnull(sum(r.messages), 0) AS messages,
      (
        SELECT max(asked_seconds) FROM dns_snapshot
        WHERE policy_domain = d.name AND asked_seconds <= @now
      ) AS askedSeconds
    FROM policy_domain AS d
    LEFT JOIN report AS r INDEXED BY report_by_day
      ON r.policy_domain_id = d.id AND r.counted = 1 AND r.first_day BETWEEN @from AND @to
    WHERE EXISTS (SELECT 1 FROM report WHERE policy_domain_id = d.id AND counted = 1)
    GROUP BY d.id
    ORDER BY hasUserWord DESC, reportDays DESC, messages DESC, domain
  `);
  return (from, to, nowSeconds) =>
    domains
      .all({ from, to, now: nowSeconds })
      .map((row) => ({ ...row, hasUserWord: row.hasUserWord === 1 }));
}
