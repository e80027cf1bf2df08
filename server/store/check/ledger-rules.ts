import type { Connection } from '../connection.ts';

/** A rule that rows of the store keep among themselves; the query finds what breaks it. */
interface LedgerRule {
  broken: string;
  sql: string;
}

const RULES: readonly LedgerRule[] = [
  {
    broken: 'messages are decided and have no document',
    sql: /* sql */ `
      SELECT m.id FROM message AS m
      WHERE m.state = 'done' AND NOT EXISTS (SELECT 1 FROM document AS c WHERE c.message_id = m.id)`,
  },
  {
    broken: 'documents stand under another mailbox than their message',
    sql: /* sql */ `
      SELECT c.message_id FROM document AS c JOIN message AS m ON m.id = c.message_id
      WHERE c.mailbox_id <> m.mailbox_id`,
  },
  {
    broken: 'reports have no document that brought them',
    sql: /* sql */ `
      SELECT r.id FROM report AS r
      WHERE NOT EXISTS (SELECT 1 FROM document AS c WHERE c.report_id = r.id)`,
  },
  {
    broken: 'documents have another content than their report',
    sql: /* sql */ `
      SELECT c.report_id FROM document AS c JOIN report AS r ON r.id = c.report_id
      WHERE c.content_sha256 IS NOT r.content_sha256`,
  },
  {
    broken: 'documents have other sums than their report',
    sql: /* sql */ `
      SELECT c.report_id FROM document AS c JOIN report AS r ON r.id = c.report_id
      WHERE (c.records, c.refused_rows, c.messages) IS NOT (r.records, r.refused_rows, r.messages)`,
  },
  {
    broken: 'reports have other sums than their rows',
    sql: /* sql */ `
      SELECT r.id FROM report AS r
      LEFT JOIN (
        SELECT c.report_id, count(*) AS rows, sum(c.message_count) AS messages,
               sum(c.message_count) FILTER (
                 WHERE f.facet % 3 = 1 OR f.facet / 3 % 3 = 1
               ) AS aligned
        FROM record AS c JOIN profile AS f ON f.id = c.profile_id GROUP BY c.report_id
      ) AS s ON s.report_id = r.id
      WHERE (ifnull(s.rows, 0), ifnull(s.messages, 0), ifnull(s.aligned, 0))
        IS NOT (r.records - r.refused_rows, r.messages, r.dmarc_aligned)
        AND r.id NOT IN (SELECT report_id FROM forgotten_report)`,
  },
  {
    broken: 'reports have several versions, of which not the right one counts',
    sql: /* sql */ `
      SELECT r.id FROM report AS r
      WHERE r.counted = 0 AND r.id NOT IN (SELECT report_id FROM forgotten_report) AND NOT EXISTS (
        SELECT 1 FROM report AS w
        WHERE w.identity = r.identity AND w.counted = 1
          AND (w.provenance_rank, r.content_sha256) >= (r.provenance_rank, w.content_sha256)
      )`,
  },
  {
    broken: 'reports that were forgotten count, or have records or bytes left',
    sql: /* sql */ `
      SELECT g.report_id FROM forgotten_report AS g JOIN report AS r ON r.id = g.report_id
      WHERE r.counted = 1
        OR EXISTS (SELECT 1 FROM record AS c WHERE c.report_id = r.id)
        OR EXISTS (SELECT 1 FROM kept AS k WHERE k.content_sha256 = r.content_sha256)`,
  },
  {
    broken: 'addresses of a report have no name',
    sql: /* sql */ `
      SELECT DISTINCT c.address_id
      FROM record AS c JOIN report AS r ON r.id = c.report_id
      WHERE NOT EXISTS (
        SELECT 1 FROM address_name AS a
        WHERE a.policy_domain_id = r.policy_domain_id AND a.address_id = c.address_id
      )`,
  },
  {
    broken: 'rows point at others that are not there',
    sql: "SELECT \"table\" || ' ' || ifnull(rowid, '') FROM pragma_foreign_key_check",
  },
];

/** Something that is not as it must be. */
export interface Finding {
  /** 'messages are decided and have no document' */
  what: string;
  count: number;
  /** The first of them, by row id or in words. */
  examples: string[];
}

const EXAMPLES = 5;

/** The rules that are broken. */
export function brokenRules(database: Connection): Finding[] {
  return RULES.flatMap(({ broken, sql }) => {
    const found = database.prepare<[], string | number>(sql).pluck();
    let count = 0;
    const examples: string[] = [];
    for (const one of found.iterate()) {
      count += 1;
      if (examples.length < EXAMPLES) examples.push(String(one));
    }
    return count === 0 ? [] : [{ what: broken, count, examples }];
  });
}
