import type { KeptReader } from '../../ingest/read-document.ts';
import type { Finding } from '../store/check/ledger-rules.ts';
import { differencesOf, valueOf } from '../store/check/report-value.ts';
import type { StoreCheck } from '../store/check/store-check.ts';
import type { StoredReport } from '../store/check/stored-reports.ts';
import { readWholeBytes } from './kept-reading.ts';

/** What a whole check of a store found. */
export interface Verification {
  reports: number;
  records: number;
  messages: number;
  /** Reports whose bytes were read again. */
  readAgain: number;
  /** Reports of which no bytes are kept any more: their rows cannot be compared, their sums are. */
  withoutBytes: number;
  /** Reports whose records were removed because the user asked for it; in no other number here. */
  forgotten: number;
  findings: (Finding & { advice: string })[];
}

const RESTORE =
  'Restore a backup, or import the mail anew into an empty folder; then compare with `ruadmap totals`.';
const REPARSE = '`ruadmap reparse` puts what is read today in its place.';
const EXAMPLES = 5;

/**
 * Reads every report again from its kept bytes and compares it with what is stored, makes every sum
 * again from the rows, checks what the ledger's rows must keep among themselves, and that
 * no row was changed on the disk.
 */
export async function verifyStore(check: StoreCheck, reader: KeptReader): Promise<Verification> {
  const forgotten = check.forgottenReports();
  const totals = { reports: 0, records: 0, messages: 0, readAgain: 0, withoutBytes: 0, forgotten };
  const found = gather();
  for (const report of check.reports(null)) {
    const { records, messages } = report.value;
    totals.reports += 1;
    totals.records += records;
    totals.messages += messages;
    const reading = await readAgain(report, reader);
    if (reading === 'no-bytes') totals.withoutBytes += 1;
    else {
      totals.readAgain += 1;
      if (reading !== null) found.add(reading.what, `report ${report.id}: ${reading.detail}`);
    }
  }
  for (const { contentSha256, kept } of check.keptApart()) {
    const read = await readWholeBytes(reader, kept, contentSha256, []);
    if (!read.ok) found.add(DAMAGED, `${contentSha256}: ${read.problem}`);
  }
  const findings = [
    ...found.all(),
    ...check.damagedRows(),
    ...check.brokenRules(),
    ...check.brokenSums(),
  ];
  return {
    ...totals,
    findings: findings.map((finding) => ({
      ...finding,
      advice: finding.what === READ_OTHERWISE ? REPARSE : RESTORE,
    })),
  };
}

const READ_OTHERWISE = 'reports are read otherwise today than when they were stored';
const DAMAGED = 'kept bytes are damaged';

interface Difference {
  what: string;
  detail: string;
}

/** null: the same as ever. */
async function readAgain(
  report: StoredReport,
  reader: KeptReader,
): Promise<Difference | 'no-bytes' | null> {
  const { kept } = report;
  if (kept === null) return 'no-bytes';
  const read = await readWholeBytes(reader, kept, report.contentSha256, report.warnings);
  if (!read.ok) return { what: DAMAGED, detail: read.problem };
  const { result, contentSha256 } = read.value;
  if (!result.ok)
    return {
      what: READ_OTHERWISE,
      detail: `refused now (${result.problem.reason}: ${result.problem.detail})`,
    };
  const differences = differencesOf(report.value, valueOf(result.value, contentSha256));
  return differences.length === 0 ? null : { what: READ_OTHERWISE, detail: differences.join('; ') };
}

/** Findings of one kind together, with the first of them as examples. */
function gather() {
  const findings = new Map<string, Finding>();
  return {
    add: (what: string, example: string): void => {
      const finding = findings.get(what) ?? { what, count: 0, examples: [] };
      finding.count += 1;
      if (finding.examples.length < EXAMPLES) finding.examples.push(example);
      findings.set(what, finding);
    },
    all: (): Finding[] => [...findings.values()],
  };
}
