import type { Warning } from '../../../ingest/report.ts';
import type { ReportSummary } from '../store.ts';
import { storedJson } from '../stored-json.ts';

/** What a list shows of `report AS r`, its domain `d` and its reporter `o`. */
export const SUMMARY_COLUMNS = /* sql */ `
  r.id, o.org_name AS orgName, r.report_id AS reportId, d.name AS domain,
  r.begin_seconds AS beginSeconds, r.end_seconds AS endSeconds,
  r.received_seconds AS receivedSeconds, r.records, r.refused_rows AS refusedRows, r.messages,
  r.dmarc_aligned AS dmarcAligned, r.counted, r.warnings
`;

export type SummaryRow = Omit<ReportSummary, 'counted' | 'warnings'> & {
  counted: 0 | 1;
  warnings: string | null;
};

export const summaryOf = (row: SummaryRow): ReportSummary => ({
  ...row,
  counted: row.counted === 1,
  warnings: listOf<Warning>(row.warnings),
});

/** A list that the store keeps as JSON, null where it is empty. */
export const listOf = <T>(json: string | null): T[] =>
  json === null ? [] : (storedJson(json) as T[]);
