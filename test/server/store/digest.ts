import { createHash } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';

const STREAM = /* sql */ `
  JOIN stream AS t ON t.id = b.stream_id
  JOIN policy_domain AS d ON d.id = t.policy_domain_id
  JOIN source AS n ON n.id = t.source_id
  JOIN profile AS f ON f.id = t.shape_id`;

/** Each reporter of a sum with its part: '12 3 15 1' as rows of two. */
const PARTS = /* sql */ `
  JOIN (
    SELECT text, max(value) FILTER (WHERE key % 2 = 0) AS reporter_id,
           max(value) FILTER (WHERE key % 2 = 1) AS messages
    FROM (
      SELECT w.reporters AS text, j.key, j.value
      FROM (SELECT reporters FROM stream_day UNION SELECT reporters FROM address_day) AS w,
           json_each('[' || replace(w.reporters, ' ', ',') || ']') AS j
    )
    GROUP BY text, key / 2
  ) AS p ON p.text = b.reporters
  JOIN reporter AS o ON o.id = p.reporter_id`;

/** Every report-side table with names in place of ids, and without times of arrival. */
const TABLES: Record<string, string> = {
  report: /* sql */ `
    SELECT hex(r.identity), hex(r.content_sha256), r.counted, r.provenance_rank, d.name, o.org_name,
           t.email, t.extra_contact_info, t.generator, t.version, t.dialect,
           p.p, p.sp, p.np, p.adkim, p.aspf, p.pct, p.fo, p.testing, p.discovery_method,
           r.report_id, r.begin_seconds, r.end_seconds, r.begin_text, r.end_text,
           r.first_day, r.last_day, r.records, r.refused_rows, r.messages, r.dmarc_aligned,
           r.warnings, r.errors, r.refused_row_details
    FROM report AS r
    JOIN policy_domain AS d ON d.id = r.policy_domain_id
    JOIN reporter AS o ON o.id = r.reporter_id
    JOIN reporter_details AS t ON t.id = r.reporter_details_id
    JOIN policy AS p ON p.id = r.policy_id`,
  record: /* sql */ `
    SELECT hex(r.identity), hex(r.content_sha256), c.position, i.source_ip, f.body, f.facet,
           c.message_count
    FROM record AS c
    JOIN report AS r ON r.id = c.report_id
    JOIN address AS i ON i.id = c.address_id
    JOIN profile AS f ON f.id = c.profile_id`,
  kept: 'SELECT hex(content_sha256), encoding, inflated_bytes, hex(bytes) FROM kept',
  address_name: /* sql */ `
    SELECT d.name, i.source_ip, n.source_id, n.name, n.kind, a.sign_messages, a.evidence
    FROM address_name AS a
    JOIN policy_domain AS d ON d.id = a.policy_domain_id
    JOIN address AS i ON i.id = a.address_id
    JOIN source AS n ON n.id = a.source_id`,
  address_sign: /* sql */ `
    SELECT d.name, i.source_ip, a.service, a.by, a.messages
    FROM address_sign AS a
    JOIN policy_domain AS d ON d.id = a.policy_domain_id
    JOIN address AS i ON i.id = a.address_id`,
  address_day: /* sql */ `
    SELECT d.name, i.source_ip, b.day, f.body, b.timed, o.org_name, p.messages
    FROM address_day AS b
    JOIN policy_domain AS d ON d.id = b.policy_domain_id
    JOIN address AS i ON i.id = b.address_id
    JOIN profile AS f ON f.id = b.shape_id
    ${PARTS}`,
  stream_day: /* sql */ `
    SELECT d.name, n.source_id, f.body, t.timed, b.day, b.messages
    FROM stream_day AS b
    ${STREAM}`,
  stream_reporter_day: /* sql */ `
    SELECT d.name, n.source_id, f.body, t.timed, b.day, o.org_name, p.messages
    FROM stream_day AS b
    ${STREAM}
    ${PARTS}`,
  unaligned_address: /* sql */ `
    SELECT d.name, n.source_id, f.body, t.timed, i.source_ip,
           b.span * 32 + max(j.value) FILTER (WHERE j.key % 2 = 0),
           max(j.value) FILTER (WHERE j.key % 2 = 1)
    FROM unaligned_address AS b
    ${STREAM}
    JOIN address AS i ON i.id = b.address_id
    JOIN json_each('[' || replace(b.days, ' ', ',') || ']') AS j
    GROUP BY b.stream_id, b.span, b.address_id, j.key / 2`,
  reporter_day: /* sql */ `
    SELECT d.name, s.day, o.org_name, s.facet, s.messages
    FROM reporter_day AS s
    JOIN policy_domain AS d ON d.id = s.policy_domain_id
    JOIN reporter AS o ON o.id = s.reporter_id`,
};

/** The rows of every report-side table as sorted texts: equal whenever the stores mean the same. */
export function contentsOf(dataDir: string): Record<string, string[]> {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  try {
    return Object.fromEntries(
      Object.entries(TABLES).map(([table, sql]) => {
        const rows = database.prepare(sql).raw().all();
        return [table, rows.map((row) => JSON.stringify(row)).sort()];
      }),
    );
  } finally {
    database.close();
  }
}

/** SHA-256 over `contentsOf`. The ledger is left out: it tells what arrived when. */
export const digestOf = (dataDir: string): string =>
  createHash('sha256')
    .update(JSON.stringify(contentsOf(dataDir)))
    .digest('hex');
