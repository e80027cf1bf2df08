import type { AggregateReport } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import type { Dictionaries } from './dictionaries.ts';

/** What of a report row does not stand in the report itself. */
interface ReportFacts {
  /** null: a new one. */
  id: number | null;
  identity: Buffer;
  contentSha256: Buffer;
  counted: boolean;
  firstDay: number | null;
  lastDay: number | null;
  messages: number;
  dmarcAligned: number;
  nowSeconds: number;
}

export interface InsertedReport {
  id: number;
  policyDomainId: number;
  reporterId: number;
}

type Value = string | number | Buffer | null;

export function createReportRow(
  database: Connection,
  dictionaries: Dictionaries,
): (report: AggregateReport, facts: ReportFacts) => InsertedReport {
  const insert = database.prepare<Value[]>(/* sql */ `
    INSERT INTO report (
      id, identity, content_sha256, counted,
      policy_domain_id, reporter_id, reporter_details_id, policy_id, report_id,
      begin_seconds, end_seconds, begin_text, end_text, first_day, last_day,
      received_seconds, records, refused_rows, messages, dmarc_aligned,
      warnings, errors, refused_row_details
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  `);
  return (report, facts) => {
    const { metadata, policyPublished } = report;
    const { begin, end, beginSeconds, endSeconds } = metadata.dateRange;
    const policyDomainId = dictionaries.policyDomain(policyPublished.domain);
    const reporterId = dictionaries.reporter(metadata.orgName);
    const { lastInsertRowid } = insert.run(
      facts.id,
      facts.identity,
      facts.contentSha256,
      Number(facts.counted),
      policyDomainId,
      reporterId,
      dictionaries.reporterDetails(report),
      dictionaries.policy(policyDomainId, policyPublished),
      metadata.reportId,
      beginSeconds,
      endSeconds,
      unlessDigits(begin, beginSeconds),
      unlessDigits(end, endSeconds),
      facts.firstDay,
      facts.lastDay,
      facts.nowSeconds,
      report.recordCount,
      report.refusedRowCount,
      facts.messages,
      facts.dmarcAligned,
      unlessEmpty(report.warnings),
      unlessEmpty(metadata.errors),
      unlessEmpty(report.refusedRows),
    );
    return { id: Number(lastInsertRowid), policyDomainId, reporterId };
  };
}

const unlessDigits = (text: string, seconds: number | null): string | null =>
  text === String(seconds) ? null : text;

const unlessEmpty = (list: readonly unknown[]): string | null =>
  list.length === 0 ? null : JSON.stringify(list);
