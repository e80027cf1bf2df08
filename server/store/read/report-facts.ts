import type { Connection } from '../connection.ts';
import type { ReportFact } from '../domain-mail.ts';
import { endOf } from './late-shares.ts';
import { createReportWords, type ReportWords } from './report-words.ts';

type Row = [
  reporterId: number,
  detailsId: number,
  policyId: number,
  beginSeconds: number | null,
  endSeconds: number | null,
  firstDay: number | null,
  lastDay: number | null,
  messages: number,
];

export interface Reporter {
  orgName: string;
  /** As in the newest of the reports that has one; of equal ones the first in order of text. */
  email: string | null;
}

export interface ReportFacts {
  reports: ReportFact[];
  reporters: ReadonlyMap<number, Reporter>;
}

/** Longest time that a report has days for. */
const LONGEST_DAYS = 31;

interface Bounds {
  domain: number;
  from: number;
  at: number;
  end: number;
}

/** Rows of counted reports with a day from `from` to `at`, or without one, that had ended by the end of `at`. */
function reportRows<Row>(
  database: Connection,
  columns: string,
  grouped = '',
): (policyDomainId: number, from: number, at: number) => Row[] {
  const where = (condition: string) =>
    database
      .prepare<Bounds, Row>(
        /* sql */ `
        SELECT ${columns} FROM report INDEXED BY report_by_day
        WHERE policy_domain_id = @domain AND counted = 1 AND ${condition}
          AND (end_seconds IS NULL OR end_seconds <= @end)
        ${grouped}
      `,
      )
      .raw();
  const dated = where(`first_day BETWEEN @from - ${LONGEST_DAYS} AND @at AND last_day >= @from`);
  const undated = where('first_day IS NULL AND @from <= @at');
  return (domain, from, at) => {
    const bounds = { domain, from, at, end: endOf(at) };
    return [...dated.all(bounds), ...undated.all(bounds)];
  };
}

/** Those reports. */
export function createReportFacts(
  database: Connection,
): (policyDomainId: number, from: number, at: number) => ReportFacts {
  const rows = reportRows<Row>(
    database,
    `reporter_id, reporter_details_id, policy_id, begin_seconds, end_seconds, first_day, last_day,
     messages`,
  );
  const readWords = createReportWords(database);

  return (policyDomainId, from, at) => {
    const words = readWords();
    const known = new Map<number, ReporterSoFar>();
    const reports: ReportFact[] = [];
    for (const row of rows(policyDomainId, from, at)) {
      const [reporterId, detailsId, policyId, begin, end, firstDay, lastDay, messages] = row;
      const email = words.email(detailsId);
      const reporter = reporterIn(known, reporterId, words);
      learnEmail(reporter, email, end ?? 0);
      reports.push({
        orgName: reporter.orgName,
        email,
        policyPublished: words.policy(policyId),
        beginSeconds: begin,
        endSeconds: end,
        firstDay,
        lastDay,
        messages,
      });
    }
    return { reports, reporters: known };
  };
}

/** Who sent those reports, without a look at each of them in turn. */
export function createReporters(
  database: Connection,
): (policyDomainId: number, from: number, at: number) => ReadonlyMap<number, Reporter> {
  const rows = reportRows<[reporterId: number, detailsId: number, endSeconds: number]>(
    database,
    'reporter_id, reporter_details_id, max(ifnull(end_seconds, 0))',
    'GROUP BY reporter_id, reporter_details_id',
  );
  const readWords = createReportWords(database);

  return (policyDomainId, from, at) => {
    const words = readWords();
    const known = new Map<number, ReporterSoFar>();
    for (const [reporterId, detailsId, endSeconds] of rows(policyDomainId, from, at))
      learnEmail(reporterIn(known, reporterId, words), words.email(detailsId), endSeconds);
    return known;
  };
}

function reporterIn(
  known: Map<number, ReporterSoFar>,
  reporterId: number,
  words: ReportWords,
): ReporterSoFar {
  let reporter = known.get(reporterId);
  if (reporter === undefined) {
    reporter = { orgName: words.orgName(reporterId), email: null, endSeconds: 0 };
    known.set(reporterId, reporter);
  }
  return reporter;
}

interface ReporterSoFar extends Reporter {
  /** Of the report that the address is from. */
  endSeconds: number;
}

function learnEmail(reporter: ReporterSoFar, email: string | null, endSeconds: number): void {
  if (email === null) return;
  const isBetter =
    reporter.email === null ||
    endSeconds > reporter.endSeconds ||
    (endSeconds === reporter.endSeconds && email < reporter.email);
  if (!isBetter) return;
  reporter.email = email;
  reporter.endSeconds = endSeconds;
}
