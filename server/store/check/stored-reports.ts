import { createHash } from 'node:crypto';
import type { KeptBytes } from '../../../ingest/document.ts';
import type { Warning } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { POLICY_COLUMNS, policyOf, type PolicyRow } from '../read/policy-columns.ts';
import { listOf } from '../read/report-columns.ts';
import { guarded } from '../store-problem.ts';
import { addRow, policyText, type ReportValue } from './report-value.ts';

/** A stored report with the bytes it was read from, as they stood at one commit. */
export interface StoredReport {
  id: number;
  contentSha256: string;
  warnings: Warning[];
  /** As the store has it. */
  value: ReportValue;
  /** null: they were let go, or never kept. */
  kept: KeptBytes | null;
}

interface HeadRow extends PolicyRow {
  id: number;
  contentSha256: string;
  identity: string;
  dialect: string;
  version: string | null;
  orgName: string;
  email: string | null;
  extraContactInfo: string | null;
  generator: string | null;
  reportId: string;
  beginSeconds: number | null;
  endSeconds: number | null;
  beginText: string | null;
  endText: string | null;
  errors: string | null;
  warnings: string | null;
  refusedRowDetails: string | null;
  records: number;
  refusedRows: number;
  messages: number;
  dmarcAligned: number;
}

/** Every report that was not forgotten, or one, by rising id. No cursor stays open between two of them. */
export function createStoredReports(
  database: Connection,
): (only: number | null) => Generator<StoredReport> {
  const next = database.prepare<[after: number], HeadRow>(/* sql */ `
    SELECT ${POLICY_COLUMNS}, r.id, lower(hex(r.content_sha256)) AS contentSha256,
           lower(hex(r.identity)) AS identity, t.dialect, t.version, o.org_name AS orgName,
           t.email, t.extra_contact_info AS extraContactInfo, t.generator,
           r.report_id AS reportId, r.begin_seconds AS beginSeconds, r.end_seconds AS endSeconds,
           r.begin_text AS beginText, r.end_text AS endText, r.errors, r.warnings,
           r.refused_row_details AS refusedRowDetails, r.records, r.refused_rows AS refusedRows,
           r.messages, r.dmarc_aligned AS dmarcAligned
    FROM report AS r
    JOIN policy AS p ON p.id = r.policy_id
    JOIN policy_domain AS d ON d.id = r.policy_domain_id
    JOIN reporter AS o ON o.id = r.reporter_id
    JOIN reporter_details AS t ON t.id = r.reporter_details_id
    WHERE r.id > ? AND NOT EXISTS (SELECT 1 FROM forgotten_report AS g WHERE g.report_id = r.id)
    ORDER BY r.id LIMIT 1
  `);
  const rowsSha256 = createRowsSha256(database);
  const kept = database.prepare<[contentSha256: Buffer], KeptBytes>(/* sql */ `
    SELECT encoding, bytes, inflated_bytes AS inflatedBytes FROM kept WHERE content_sha256 = ?
  `);

  const nextWhole = (after: number): StoredReport | null => {
    const head = next.get(after);
    if (head === undefined) return null;
    const { id, contentSha256 } = head;
    return {
      ...{ id, contentSha256 },
      warnings: listOf<Warning>(head.warnings),
      value: valueOfRow(head, rowsSha256(id)),
      kept: kept.get(Buffer.from(contentSha256, 'hex')) ?? null,
    };
  };
  const atOnce = database.transaction(nextWhole);

  return function* (only) {
    let after = only === null ? 0 : only - 1;
    for (;;) {
      const report = guarded(() => atOnce.deferred(after));
      if (report === null || (only !== null && report.id !== only)) return;
      yield report;
      if (only !== null) return;
      after = report.id;
    }
  };
}

function valueOfRow(head: HeadRow, rowsSha256: string): ReportValue {
  return {
    identity: head.identity,
    dialect: head.dialect,
    version: head.version,
    orgName: head.orgName,
    email: head.email,
    extraContactInfo: head.extraContactInfo,
    generator: head.generator,
    reportId: head.reportId,
    begin: head.beginText ?? String(head.beginSeconds),
    end: head.endText ?? String(head.endSeconds),
    errors: head.errors ?? '[]',
    policyPublished: policyText(policyOf(head)),
    warnings: head.warnings ?? '[]',
    refusedRowDetails: head.refusedRowDetails ?? '[]',
    records: head.records,
    refusedRows: head.refusedRows,
    messages: head.messages,
    dmarcAligned: head.dmarcAligned,
    rowsSha256,
  };
}

function createRowsSha256(database: Connection): (reportId: number) => string {
  const rows = database
    .prepare<[id: number], [position: number, sourceIp: string, count: number, body: string]>(
      /* sql */ `
      SELECT c.position, i.source_ip, c.message_count, f.body
      FROM record AS c
      JOIN address AS i ON i.id = c.address_id
      JOIN profile AS f ON f.id = c.profile_id
      WHERE c.report_id = ? ORDER BY c.position
    `,
    )
    .raw();
  return (reportId) => {
    const hash = createHash('sha256');
    for (const [position, sourceIp, count, body] of rows.iterate(reportId))
      addRow(hash, position, sourceIp, count, body);
    return hash.digest('hex');
  };
}
