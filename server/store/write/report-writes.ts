import type { AggregateReport } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import { dayRangeOf, daysOf, isTimed } from '../days.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { ProfileDictionary, ProfileEntry } from './profile-dictionary.ts';
import { createRecordRows } from './record-rows.ts';
import { createReportRow } from './report-row.ts';
import type { Contributor, RollUps } from './roll-ups.ts';
import { createReportRemoval } from './report-removal.ts';
import type { ForgetFilter } from '../keeping.ts';
import {
  createForgetting,
  type ForgottenPart,
  RECORDS_AT_ONCE,
  REPORTS_AT_ONCE,
} from './forgetting.ts';
import { type Version, wins } from './versions.ts';

export interface StoredReport {
  outcome: 'stored' | 'duplicate' | 'conflict';
  reportId: number;
  /** The user had its records removed: it is known, and neither counted nor kept again. */
  isForgotten: boolean;
}

export interface ReportWrites {
  /** Stores a report, unless it is there already, and decides anew which of its versions counts. */
  store(
    report: AggregateReport,
    identity: Buffer,
    contentSha256: Buffer,
    nowSeconds: number,
  ): StoredReport;
  /**
   * Puts another reading of the same content in the place of a stored report, under its id, and
   * decides anew which versions count, of what it was and of what it is now.
   * @returns false where it was forgotten: it stays so
   */
  replace(id: number, report: AggregateReport, identity: Buffer): boolean;
  /** Removes records, sums and kept bytes of some reports; that they came stays. */
  forgetSome(filter: ForgetFilter, afterId: number, nowSeconds: number): ForgottenPart;
}

interface StoredVersion extends Version {
  id: number;
  counted: 0 | 1;
  forgotten: 0 | 1;
}

export function createReportWrites(
  database: Connection,
  dictionaries: Dictionaries,
  profiles: ProfileDictionary,
  rollUps: RollUps,
): ReportWrites {
  const insertReport = createReportRow(database, dictionaries);
  const records = createRecordRows(database);
  const versionsOf = createVersionsOf(database);
  const mark = database.prepare<[counted: number, id: number]>(
    'UPDATE report SET counted = ? WHERE id = ?',
  );
  const removal = createReportRemoval(database);
  const forgetting = createForgetting(database);
  const contributorOf = database.prepare<
    [id: number],
    { policyDomainId: number; reporterId: number; begin: number | null; end: number | null }
  >(/* sql */ `
    SELECT policy_domain_id AS policyDomainId, reporter_id AS reporterId,
           begin_seconds AS begin, end_seconds AS end
    FROM report WHERE id = ?
  `);

  /** Adds all that a stored version says to the sums, or takes it away again. */
  const addAll = (id: number, sign: 1 | -1): void => {
    const found = contributorOf.get(id);
    if (found === undefined) throw new Error(`Report ${id} is not in the store.`);
    const { policyDomainId, reporterId, begin, end } = found;
    rollUps.touch(policyDomainId);
    const contributor: Contributor = {
      policyDomainId,
      reporterId,
      days: daysOf(begin, end),
      timed: isTimed(begin, end) ? 1 : 0,
      sign,
    };
    for (const { addressId, profileId, count } of records.of(id)) {
      rollUps.add(contributor, addressId, profiles.entryOfId(profileId), count);
    }
  };

  const setCounted = (id: number, counted: boolean): void => {
    mark.run(Number(counted), id);
    addAll(id, counted ? 1 : -1);
  };

  const insert = (
    report: AggregateReport,
    identity: Buffer,
    version: Version,
    counted: boolean,
    nowSeconds: number,
    wantedId: number | null = null,
  ): number => {
    const { beginSeconds, endSeconds } = report.metadata.dateRange;
    const days = daysOf(beginSeconds, endSeconds);
    const entries = report.profiles.map((profile) => profiles.entryOf(profile));
    const { id, policyDomainId, reporterId } = insertReport(report, {
      ...sumsOf(report, entries),
      ...dayRangeOf(days),
      id: wantedId,
      identity,
      contentSha256: version.contentSha256,
      counted,
      nowSeconds,
    });
    const contributor: Contributor = {
      policyDomainId,
      reporterId,
      days,
      timed: isTimed(beginSeconds, endSeconds) ? 1 : 0,
      sign: counted ? 1 : 0,
    };
    rollUps.touch(policyDomainId);
    for (const row of report.rows) {
      const addressId = dictionaries.address(row.sourceIp);
      const profile = entryAt(entries, row.profile);
      records.insert(id, row.position, addressId, profile.id, row.count);
      rollUps.add(contributor, addressId, profile, row.count);
    }
    return id;
  };

  /** Inserts a version that is not there yet; the one that it wins against no longer counts. */
  const join = (
    report: AggregateReport,
    identity: Buffer,
    version: Version,
    versions: readonly StoredVersion[],
    nowSeconds: number,
    id: number | null,
  ): number => {
    const counted = versions.find((other) => other.counted === 1);
    const won = counted === undefined || wins(version, counted);
    if (won && counted !== undefined) setCounted(counted.id, false);
    return insert(report, identity, version, won, nowSeconds, id);
  };

  return {
    store: (report, identity, contentSha256, nowSeconds) => {
      const versions = versionsOf(identity);
      const same = versions.find((version) => version.contentSha256.equals(contentSha256));
      if (same !== undefined)
        return { outcome: 'duplicate', reportId: same.id, isForgotten: same.forgotten === 1 };
      const version: Version = { provenanceRank: 0, contentSha256 };
      if (versions.length > 0 && versions.every(({ forgotten }) => forgotten === 1)) {
        const id = insert(report, identity, version, false, nowSeconds);
        forgetting.forget(id, nowSeconds);
        return { outcome: 'conflict', reportId: id, isForgotten: true };
      }
      const reportId = join(report, identity, version, versions, nowSeconds, null);
      const outcome = versions.length === 0 ? 'stored' : 'conflict';
      return { outcome, reportId, isForgotten: false };
    },
    replace: (id, report, identity) => {
      const before = removal.find(id);
      const versions = versionsOf(before.identity).filter(({ forgotten }) => forgotten === 0);
      if (!versions.some((version) => version.id === id)) return false;
      const left = versions.filter((version) => version.id !== id);
      if (before.counted === 1) addAll(id, -1);
      removal.run(id);
      const heir = before.counted === 1 ? bestOf(left) : null;
      if (heir !== null) setCounted(heir.id, true);
      join(report, identity, before, versionsOf(identity), before.receivedSeconds, id);
      removal.tellDocuments(id);
      return true;
    },
    forgetSome: (filter, afterId, nowSeconds) => {
      const found = forgetting.next(filter, afterId);
      const part = { reports: 0, records: 0, messages: 0 };
      let next = afterId;
      for (const { id, identity, records: rows, messages } of found) {
        if (part.records >= RECORDS_AT_ONCE) return { ...part, next };
        setCounted(id, false);
        for (const version of forgetting.versions(identity)) forgetting.forget(version, nowSeconds);
        part.reports += 1;
        part.records += rows;
        part.messages += messages;
        next = id;
      }
      return { ...part, next: found.length < REPORTS_AT_ONCE ? null : next };
    },
  };
}

const bestOf = (versions: readonly StoredVersion[]): StoredVersion | null =>
  versions.reduce<StoredVersion | null>(
    (best, version) => (best === null || wins(version, best) ? version : best),
    null,
  );

/** The one that counts, and those that do not, each by the index it stands in. */
function createVersionsOf(database: Connection): (identity: Buffer) => StoredVersion[] {
  const found = ['counted = 1', 'counted = 0'].map((condition) =>
    database.prepare<[identity: Buffer], StoredVersion>(/* sql */ `
      SELECT id, counted, provenance_rank AS provenanceRank, content_sha256 AS contentSha256,
             EXISTS (SELECT 1 FROM forgotten_report WHERE report_id = report.id) AS forgotten
      FROM report WHERE identity = ? AND ${condition}
    `),
  );
  return (identity) => found.flatMap((query) => query.all(identity));
}

function entryAt(entries: readonly ProfileEntry[], index: number): ProfileEntry {
  const entry = entries[index];
  if (entry === undefined) throw new Error(`The report has no profile ${index}.`);
  return entry;
}

function sumsOf(
  report: AggregateReport,
  entries: readonly ProfileEntry[],
): { messages: number; dmarcAligned: number } {
  let messages = 0;
  let dmarcAligned = 0;
  for (const { count, profile } of report.rows) {
    messages += count;
    if (entryAt(entries, profile).dmarcAligned) dmarcAligned += count;
  }
  return { messages, dmarcAligned };
}
