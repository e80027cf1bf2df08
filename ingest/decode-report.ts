import type { Head } from './decode-head.ts';
import type { Warnings } from './elements.ts';
import type { HeadReader } from './head-reader.ts';
import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import type { ProfileEntry, RecordReader, SeenEntries } from './record-reader.ts';
import { checkDates } from './report-dates.ts';
import type { AggregateReport, Profile, RefusedRow, ReportRow, Warning } from './report.ts';
import { bad, ok, type Result } from './result.ts';
import type { SplitterEnd } from './splitter.ts';
import type { SplitterEvents } from './splitter-outline.ts';
import { declaredEncoding, type PieceEncoding } from './text-encoding.ts';

/** What reads the pieces of a document, and remembers what it read. */
export interface PieceReaders {
  heads: HeadReader;
  records: RecordReader;
}

export interface ReportBuilder extends SplitterEvents {
  /** @param told warnings of the packing. */
  finish(
    end: SplitterEnd,
    told: readonly Warning[],
    nowSeconds: number,
  ): Result<AggregateReport, Problem>;
}

/** Puts a report together from the pieces that the splitter finds. */
export function createReportBuilder(
  { heads, records }: PieceReaders,
  limits: Limits,
  isTranscoded: () => boolean,
): ReportBuilder {
  const warnings: Warnings = new Set();
  const rows: ReportRow[] = [];
  const refusedRows: RefusedRow[] = [];
  const profiles = createProfileList();
  const seen: SeenEntries = new Map();
  let encoding: PieceEncoding = 'utf-8';
  let recordCount = 0;
  let refusedRowCount = 0;

  const refuseRow = (refusal: Omit<RefusedRow, 'position'>): void => {
    if (refusedRows.length < limits.refusedRowDetails) {
      refusedRows.push({ position: recordCount, ...refusal });
    }
    refusedRowCount += 1;
    recordCount += 1;
  };

  const atRecordLimit = (): Problem | null =>
    recordCount < limits.records
      ? null
      : refused('record-limit', `It has more than ${limits.records} records.`);

  return {
    warn: (warning) => warnings.add(warning),
    declaration(text) {
      const declared = declaredEncoding(text, isTranscoded());
      if (!declared.ok) return declared.problem;
      encoding = declared.value.encoding;
      if (declared.value.isRepaired) warnings.add('encoding-repaired');
      return null;
    },
    record(piece) {
      const full = atRecordLimit();
      if (full !== null) return full;
      const reading = records.read(piece, encoding, seen);
      if (reading === null) return 'not-well-formed';
      const { values, entry } = reading;
      for (const warning of entry.warnings) warnings.add(warning);
      if (!values.ok) {
        refuseRow(values.problem);
        return 'taken';
      }
      const profile = profiles.indexOf(entry);
      if (profile >= limits.profiles) {
        return refused('profile-limit', `Its records differ in more than ${limits.profiles} ways.`);
      }
      const { sourceIp, count } = values.value;
      rows.push({ position: recordCount, sourceIp, count, profile });
      recordCount += 1;
      return 'taken';
    },
    recordTooLarge() {
      const full = atRecordLimit();
      if (full === null) {
        refuseRow({
          reason: 'record-too-large',
          detail: `It is larger than ${limits.recordBytes} bytes.`,
        });
      }
      return full;
    },
    finish(end, told, nowSeconds) {
      const reading = heads.read(end.head, end.namespaces, encoding);
      if (reading === null) {
        return bad(refused('malformed', 'Metadata and policy are not well-formed XML.'));
      }
      const { head } = reading;
      if (recordCount === 0 && saysNothing(head)) {
        return bad(refused('no-content', 'Its feedback element is empty.'));
      }
      const dates = checkDates(head.metadata.dateRange, nowSeconds);
      if (!dates.ok) return dates;
      for (const warning of [...told, ...reading.warnings, ...dates.value]) warnings.add(warning);
      tellMissing(head, warnings);
      if (rows.length === 0) warnings.add('rows-none');
      if (refusedRowCount > 0) warnings.add('rows-refused');
      return ok({
        ...head,
        profiles: profiles.all,
        rows,
        recordCount,
        refusedRowCount,
        refusedRows,
        warnings: [...warnings].sort(),
      });
    },
  };
}

const saysNothing = ({ metadata, policyPublished }: Head): boolean =>
  [
    metadata.orgName,
    metadata.reportId,
    metadata.dateRange.begin,
    metadata.dateRange.end,
    policyPublished.domain,
  ].every((text) => text === '');

function tellMissing({ metadata }: Head, warnings: Warnings): void {
  if (metadata.orgName === '') warnings.add('org-missing');
  if (metadata.reportId === '') warnings.add('id-missing');
}

/** The distinct profiles of one report, in order of first appearance. */
function createProfileList() {
  const all: Profile[] = [];
  const indexByContent = new Map<string, number>();
  // Weak: of an irregular record the entry is its own, and of no use afterwards.
  const indexByEntry = new WeakMap<ProfileEntry, number>();
  return {
    all,
    indexOf(entry: ProfileEntry): number {
      const known = indexByEntry.get(entry);
      if (known !== undefined) return known;
      const index = indexByContent.get(entry.digest) ?? all.push(entry.profile) - 1;
      indexByContent.set(entry.digest, index);
      indexByEntry.set(entry, index);
      return index;
    },
  };
}
