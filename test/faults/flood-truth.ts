import { sumKey, type ToldSums } from '../generate/told-reports.ts';
import type { FloodTruth, ToldMail } from './flood.ts';
import { query } from './store-truth.ts';

/** Everything in which a store differs from what it was sent, a line each. */
export interface FloodFaults {
  lost: string[];
  double: string[];
  misread: string[];
}

interface MailRow {
  user: string;
  uid: number;
  state: string;
  documents: number;
  outcome: string | null;
  reason: string | null;
  sha256: string | null;
}

const MAILS = /* sql */ `
  SELECT b.user, m.uid, m.state, count(d.position) AS documents, max(d.outcome) AS outcome,
         max(d.reason) AS reason, lower(hex(max(d.content_sha256))) AS sha256
  FROM message AS m JOIN mailbox AS b ON b.id = m.mailbox_id
  LEFT JOIN document AS d ON d.message_id = m.id
  GROUP BY m.id`;

const OUTCOMES: Record<ToldMail['kind'], readonly string[]> = {
  report: ['stored', 'duplicate', 'conflict'],
  broken: ['refused'],
  ordinary: ['not-a-report'],
};

/**
 * Compares a store that has read everything with what was sent.
 * @param sent by user, in the order of UIDs from 1 on
 */
export function floodFaults(
  dataDir: string,
  truth: FloodTruth,
  sent: ReadonlyMap<string, readonly ToldMail[]>,
): FloodFaults {
  const faults: FloodFaults = { lost: [], double: [], misread: [] };
  const rows = query<MailRow>(dataDir, MAILS);
  compareMails(faults, rows, sent);
  compareFirsts(faults, rows);
  compareCounts(faults, dataDir, rows, truth);
  faults.misread.push(...differences('row', rowSums(dataDir), truth.sums));
  faults.misread.push(...differences('sum by day', daySums(dataDir), truth.sums));
  return faults;
}

function compareMails(
  { lost, double, misread }: FloodFaults,
  rows: readonly MailRow[],
  sent: ReadonlyMap<string, readonly ToldMail[]>,
): void {
  const byPlace = new Map<string, MailRow[]>();
  for (const row of rows) {
    const place = `${row.user} ${row.uid}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), row]);
  }
  for (const [user, mails] of sent) {
    for (const [index, told] of mails.entries()) {
      const place = `${user} ${index + 1}`;
      const [row, ...more] = byPlace.get(place) ?? [];
      byPlace.delete(place);
      const found = JSON.stringify({ told, row });
      if (row?.state !== 'done' || row.documents === 0) lost.push(found);
      else if (more.length > 0 || row.documents > 1) double.push(found);
      else if (told.kind === 'report' && !isReport(row)) lost.push(found);
      else if (!OUTCOMES[told.kind].includes(row.outcome ?? '') || !hasContent(row, told))
        misread.push(found);
    }
  }
  double.push(...[...byPlace.keys()].map((place) => `nobody sent ${place}`));
}

const isReport = ({ outcome }: MailRow): boolean => OUTCOMES.report.includes(outcome ?? '');
const hasContent = ({ sha256 }: MailRow, told: ToldMail): boolean =>
  (sha256 === '' ? null : sha256) === told.sha256;

/** Of the mails that bring one content, one alone is the first. */
function compareFirsts({ lost, double }: FloodFaults, rows: readonly MailRow[]): void {
  const firsts = new Map<string, number>();
  for (const row of rows.filter(isReport)) {
    const sha256 = row.sha256 ?? '';
    firsts.set(sha256, (firsts.get(sha256) ?? 0) + (row.outcome === 'duplicate' ? 0 : 1));
  }
  for (const [sha256, count] of firsts) {
    if (count === 0) lost.push(`no mail was the first with ${sha256}`);
    if (count > 1) double.push(`${count} mails were the first with ${sha256}`);
  }
}

function compareCounts(
  { lost, double }: FloodFaults,
  dataDir: string,
  rows: readonly MailRow[],
  truth: FloodTruth,
): void {
  const [counts] = query<{ versions: number; counted: number; identities: number; kept: number }>(
    dataDir,
    /* sql */ `
      SELECT count(*) AS versions, sum(counted) AS counted, count(DISTINCT identity) AS identities,
             (SELECT count(*) FROM kept) AS kept
      FROM report`,
  );
  const outcomes = (outcome: string): number =>
    rows.filter((row) => row.outcome === outcome).length;
  const checks: [about: string, found: number | undefined, told: number][] = [
    ['versions of reports', counts?.versions, truth.reports + truth.conflicts],
    ['versions that count', counts?.counted, truth.reports],
    ['reports', counts?.identities, truth.reports],
    ['contents kept', counts?.kept, truth.contents],
    ['stored', outcomes('stored'), truth.reports],
    ['conflicts', outcomes('conflict'), truth.conflicts],
    ['duplicates', outcomes('duplicate'), truth.repeats],
    ['refused', outcomes('refused'), truth.broken],
    ['no reports', outcomes('not-a-report'), truth.ordinary],
  ];
  for (const [about, found = 0, told] of checks) {
    if (found < told) lost.push(`${about}: ${found} of ${told}`);
    if (found > told) double.push(`${about}: ${found} of ${told}`);
  }
}

interface SumRow {
  domain: string;
  day: number;
  sourceIp: string;
  dkim: number | null;
  spf: number | null;
  disposition: string | null;
  messages: number;
}

const EVALUATED = /* sql */ `
  json_extract(f.body, '$[0]') AS dkim, json_extract(f.body, '$[1]') AS spf,
  json_extract(f.body, '$[2]') AS disposition`;

/** From the rows of the reports that count. */
const rowSums = (dataDir: string): ToldSums =>
  sumsBy(
    dataDir,
    /* sql */ `
      SELECT d.name AS domain, r.begin_seconds / 86400 AS day, i.source_ip AS sourceIp, ${EVALUATED},
             sum(c.message_count) AS messages
      FROM record AS c
      JOIN report AS r ON r.id = c.report_id AND r.counted = 1
      JOIN policy_domain AS d ON d.id = r.policy_domain_id
      JOIN address AS i ON i.id = c.address_id
      JOIN profile AS f ON f.id = c.profile_id
      GROUP BY 1, 2, 3, 4, 5, 6`,
  );

/** From the sums that pages are made of. */
const daySums = (dataDir: string): ToldSums =>
  sumsBy(
    dataDir,
    /* sql */ `
      SELECT d.name AS domain, b.day, i.source_ip AS sourceIp, ${EVALUATED}, sum(b.messages) AS messages
      FROM address_day AS b
      JOIN policy_domain AS d ON d.id = b.policy_domain_id
      JOIN address AS i ON i.id = b.address_id
      JOIN profile AS f ON f.id = b.shape_id
      GROUP BY 1, 2, 3, 4, 5, 6`,
  );

const sumsBy = (dataDir: string, sql: string): ToldSums =>
  new Map(
    query<SumRow>(dataDir, sql).map(
      ({ domain, day, sourceIp, dkim, spf, disposition, messages }) => [
        sumKey(domain, day, sourceIp, dkim, spf, disposition),
        messages,
      ],
    ),
  );

const differences = (about: string, found: ToldSums, told: ToldSums): string[] =>
  [...new Set([...found.keys(), ...told.keys()])]
    .filter((key) => found.get(key) !== told.get(key))
    .map((key) => `${about} ${key}: ${found.get(key) ?? 'none'}, sent ${told.get(key) ?? 'none'}`);
