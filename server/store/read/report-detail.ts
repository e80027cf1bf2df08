import type { KeptBytes } from '../../../ingest/document.ts';
import type { PolicyPublished, RefusedRow } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { profileOfBody } from '../profile-body.ts';
import type { ReportDetail, StoredRow } from '../store.ts';
import { POLICY_COLUMNS, policyOf, type PolicyRow } from './policy-columns.ts';
import { listOf, SUMMARY_COLUMNS, summaryOf, type SummaryRow } from './report-columns.ts';

type DetailRow = SummaryRow & {
  identity: Buffer;
  email: string | null;
  extraContactInfo: string | null;
  generator: string | null;
  errors: string | null;
  dialect: string;
  version: string | null;
  contentSha256: string;
  refusedRowDetails: string | null;
  forgottenSeconds: number | null;
};

/** A report that is sent again and again has no longer a list than this. */
const ARRIVALS_SHOWN = 1_000;

export function createReportDetail(database: Connection): (id: number) => ReportDetail | null {
  const detail = database.prepare<[id: number], DetailRow>(/* sql */ `
    SELECT ${SUMMARY_COLUMNS}, r.identity, t.email, t.extra_contact_info AS extraContactInfo,
           t.generator, r.errors, t.dialect, t.version,
           lower(hex(r.content_sha256)) AS contentSha256,
           r.refused_row_details AS refusedRowDetails, g.forgotten_seconds AS forgottenSeconds
    FROM report AS r
    JOIN policy_domain AS d ON d.id = r.policy_domain_id
    JOIN reporter AS o ON o.id = r.reporter_id
    JOIN reporter_details AS t ON t.id = r.reporter_details_id
    LEFT JOIN forgotten_report AS g ON g.report_id = r.id
    WHERE r.id = ?
  `);
  const policy = database.prepare<[id: number], PolicyRow>(/* sql */ `
    SELECT ${POLICY_COLUMNS}
    FROM report AS r
    JOIN policy AS p ON p.id = r.policy_id
    JOIN policy_domain AS d ON d.id = r.policy_domain_id
    WHERE r.id = ?
  `);
  const versions = database.prepare<
    { identity: Buffer; id: number },
    { id: number; counted: 0 | 1; contentSha256: string }
  >(/* sql */ `
    SELECT id, counted, lower(hex(content_sha256)) AS contentSha256
    FROM report WHERE identity = @identity AND counted = 1 AND id <> @id
    UNION ALL
    SELECT id, counted, lower(hex(content_sha256))
    FROM report WHERE identity = @identity AND counted = 0 AND id <> @id
    ORDER BY contentSha256
  `);
  const arrivals = database.prepare<
    [id: number, limit: number],
    ReportDetail['arrivals'][number]
  >(/* sql */ `
    SELECT m.mailbox_id AS mailboxId, m.uid,
           CASE b.origin WHEN 'files' THEN 'files'
             ELSE b.user || '@' || b.host || ':' || b.port || '/' || b.folder END AS mailbox,
           CASE m.name WHEN '' THEN c.name ELSE m.name END AS name, c.part
    FROM document AS c
    JOIN message AS m ON m.id = c.message_id
    JOIN mailbox AS b ON b.id = m.mailbox_id
    WHERE c.report_id = ? AND c.report_id IS NOT NULL
    ORDER BY c.message_id, c.position LIMIT ?
  `);

  return (id) => {
    const row = detail.get(id);
    const published = policy.get(id);
    if (row === undefined || published === undefined) return null;
    const { identity, ...shown } = row;
    return {
      ...detailOf(shown, policyOf(published)),
      versions: versions
        .all({ identity, id })
        .map((version) => ({ ...version, counted: version.counted === 1 })),
      arrivals: arrivals.all(id, ARRIVALS_SHOWN),
    };
  };
}

function detailOf(
  row: Omit<DetailRow, 'identity'>,
  policyPublished: PolicyPublished,
): Omit<ReportDetail, 'versions' | 'arrivals'> {
  return {
    ...row,
    ...summaryOf(row),
    errors: listOf<string>(row.errors),
    policyPublished,
    refusedRowDetails: listOf<RefusedRow>(row.refusedRowDetails),
  };
}

/** Rows as sent, in their order; every address of a stored report has a name. */
export function createReportRows(
  database: Connection,
): (id: number, offset: number, limit: number) => StoredRow[] {
  const rows = database.prepare<
    [id: number, limit: number, offset: number],
    Omit<StoredRow, 'profile'> & { body: string }
  >(/* sql */ `
    SELECT c.position, i.source_ip AS sourceIp, n.source_id AS sourceId, n.name AS sourceName,
           c.message_count AS count, f.body
    FROM record AS c
    JOIN report AS r ON r.id = c.report_id
    JOIN address AS i ON i.id = c.address_id
    JOIN profile AS f ON f.id = c.profile_id
    JOIN address_name AS a
      ON a.policy_domain_id = r.policy_domain_id AND a.address_id = c.address_id
    JOIN source AS n ON n.id = a.source_id
    WHERE c.report_id = ?
    ORDER BY c.position LIMIT ? OFFSET ?
  `);
  return (id, offset, limit) =>
    rows
      .all(id, limit, offset)
      .map(({ body, ...row }) => ({ ...row, profile: profileOfBody(body) }));
}

export function createKeptBytes(database: Connection): (contentSha256: string) => KeptBytes | null {
  const kept = database.prepare<[contentSha256: Buffer], KeptBytes>(/* sql */ `
    SELECT encoding, bytes, inflated_bytes AS inflatedBytes FROM kept WHERE content_sha256 = ?
  `);
  return (contentSha256) => kept.get(Buffer.from(contentSha256, 'hex')) ?? null;
}
