import { createHash, type Hash } from 'node:crypto';
import { identityOf } from '../../../ingest/identity.ts';
import { outcomeOf } from '../../../ingest/outcome.ts';
import type { AggregateReport } from '../../../ingest/report.ts';
import { cutTo } from '../../../ingest/text.ts';
import { profileBody } from '../profile-body.ts';

/** All that a report says, flat, so that two readings of it can be compared field by field. */
export interface ReportValue {
  identity: string;
  dialect: string;
  version: string | null;
  orgName: string;
  email: string | null;
  extraContactInfo: string | null;
  generator: string | null;
  reportId: string;
  begin: string;
  end: string;
  /** As JSON. */
  errors: string;
  policyPublished: string;
  warnings: string;
  refusedRowDetails: string;
  records: number;
  refusedRows: number;
  messages: number;
  dmarcAligned: number;
  /** Over every row: its place, address, count and profile. */
  rowsSha256: string;
}

/** What a reading of a document gives, as a value. */
export function valueOf(report: AggregateReport, contentSha256: string): ReportValue {
  const { metadata, policyPublished } = report;
  const bodies = report.profiles.map(profileBody);
  const aligned = report.profiles.map((profile) => {
    const { dkimAligned, spfAligned } = outcomeOf(profile);
    return dkimAligned === true || spfAligned === true;
  });
  const rows = createHash('sha256');
  let messages = 0;
  let dmarcAligned = 0;
  for (const { position, sourceIp, count, profile } of report.rows) {
    addRow(rows, position, sourceIp, count, bodies[profile] ?? '');
    messages += count;
    if (aligned[profile] === true) dmarcAligned += count;
  }
  return {
    identity: identityOf(report, contentSha256).toString('hex'),
    dialect: report.dialect,
    version: report.version,
    orgName: metadata.orgName,
    email: metadata.email,
    extraContactInfo: metadata.extraContactInfo,
    generator: metadata.generator,
    reportId: metadata.reportId,
    begin: metadata.dateRange.begin,
    end: metadata.dateRange.end,
    errors: JSON.stringify(metadata.errors),
    policyPublished: policyText(policyPublished),
    warnings: JSON.stringify(report.warnings),
    refusedRowDetails: JSON.stringify(report.refusedRows),
    records: report.recordCount,
    refusedRows: report.refusedRowCount,
    ...{ messages, dmarcAligned },
    rowsSha256: rows.digest('hex'),
  };
}

export function addRow(
  hash: Hash,
  position: number,
  sourceIp: string,
  count: number,
  body: string,
): void {
  hash.update(`${position} ${sourceIp} ${count} ${body}\n`);
}

export const policyText = (policy: AggregateReport['policyPublished']): string => {
  const { domain, p, sp, np, adkim, aspf, pct, fo, testing, discoveryMethod } = policy;
  return JSON.stringify([domain, p, sp, np, adkim, aspf, pct, fo, testing, discoveryMethod]);
};

/** The fields in which two readings differ, in words: 'messages: 12, now 13'. */
export function differencesOf(before: ReportValue, now: ReportValue): string[] {
  const names = Object.keys(before) as (keyof ReportValue)[];
  return names
    .filter((name) => before[name] !== now[name])
    .map((name) =>
      HASHES.has(name)
        ? `${name} differ`
        : `${name}: ${said(before[name])}, now ${said(now[name])}`,
    );
}

const HASHES: ReadonlySet<keyof ReportValue> = new Set(['identity', 'rowsSha256']);
const SHOWN_CHARACTERS = 200;

const said = (value: string | number | null): string =>
  value === null ? 'not said' : cutTo(String(value), SHOWN_CHARACTERS);
