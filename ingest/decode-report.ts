import type { Head } from './decode-head.ts';
import type { Warnings } from './elements.ts';
import type { HeadReader } from './head-reader.ts';
import { isGlobalAddress } from './ip-address.ts';
import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import type { ProfileEntry, RecordReader, SeenEntries } from './record-reader.ts';
import { checkDates } from './report-dates.ts';
import type { AggregateReport, Profile, RefusedRow, ReportRow, Warning } from './report.ts';
import { bad, ok, type Result } from './result.ts';
import type { SplitterEnd } from './splitter.ts';
import type { RecordTaken, SplitterEvents } from './splitter-outline.ts';
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

interface State {
  readonly readers: PieceReaders;
  readonly limits: Limits;
  encoding: PieceEncoding;
  readonly warnings: Warnings;
  readonly seen: SeenEntries;
  readonly profiles: ReturnType<typeof createProfileList>;
  readonly rows: ReportRow[];
  readonly refusedRows: RefusedRow[];
  refusedRowCount: number;
  recordCount: number;
  messages: number;
}

/** Puts a report together from the pieces that the splitter finds. */
export function createReportBuilder(
  readers: PieceReaders,
  limits: Limits,
  isTranscoded: () => boolean,
): ReportBuilder {
  const state: State = {
    readers,
    limits,
    encoding: 'utf-8',
    warnings: new Set(),
    seen: { texts: 0, byDigest: new Map() },
    profiles: createProfileList(),
    rows: [],
    refusedRows: [],
    refusedRowCount: 0,
    recordCount: 0,
    messages: 0,
  };
  return {
    warn: (warning) => state.warnings.add(warning),
    declaration: (text) => takeDeclaration(state, text, isTranscoded()),
    record: (piece) => takeRecord(state, piece),
    recordTooLarge: () => takeTooLarge(state),
    finish: (end, told, nowSeconds) => finish(state, end, told, nowSeconds),
  };
}

function takeDeclaration(state: State, text: string, isTranscoded: boolean): Problem | null {
  const declared = declaredEncoding(text, isTranscoded);
  if (!declared.ok) return declared.problem;
  state.encoding = declared.value.encoding;
  if (declared.value.isRepaired) state.warnings.add('encoding-repaired');
  return null;
}

function takeRecord(state: State, piece: string): RecordTaken {
  const { readers, encoding, seen, warnings, limits, recordCount: position } = state;
  const reading = readers.records.read(piece, encoding, seen);
  if (reading === null) return 'not-well-formed';
  const full = atRecordLimit(state);
  if (full !== null) return full;
  const { values, entry } = reading;
  for (const warning of entry.warnings) warnings.add(warning);
  if (!values.ok) {
    refuseRow(state, { position, ...values.problem });
    return 'taken';
  }
  const profile = state.profiles.indexOf(entry);
  if (profile >= limits.profiles) {
    return refused('profile-limit', `Its records differ in more than ${limits.profiles} ways.`);
  }
  const { sourceIp, count } = values.value;
  if (state.messages + count > limits.reportMessages) {
    refuseRow(state, { position, reason: 'count-too-large', detail: String(count) });
    return 'taken';
  }
  if (!isGlobalAddress(sourceIp)) warnings.add('address-not-global');
  state.rows.push({ position, sourceIp, count, profile });
  state.messages += count;
  state.recordCount += 1;
  return 'taken';
}

function takeTooLarge(state: State): Problem | null {
  const full = atRecordLimit(state);
  if (full !== null) return full;
  const detail = `It is larger than ${state.limits.recordBytes} bytes.`;
  refuseRow(state, { position: state.recordCount, reason: 'record-too-large', detail });
  return null;
}

const atRecordLimit = ({ recordCount, limits }: State): Problem | null =>
  recordCount < limits.records
    ? null
    : refused('record-limit', `It has more than ${limits.records} records.`);

function refuseRow(state: State, row: RefusedRow): void {
  if (state.refusedRows.length < state.limits.refusedRowDetails) state.refusedRows.push(row);
  state.refusedRowCount += 1;
  state.recordCount += 1;
}

function finish(
  state: State,
  end: SplitterEnd,
  told: readonly Warning[],
  nowSeconds: number,
): Result<AggregateReport, Problem> {
  const reading = state.readers.heads.read(end.head, end.namespaces, state.encoding);
  if (reading === null) {
    return bad(refused('malformed', 'Metadata and policy are not well-formed XML.'));
  }
  const { head } = reading;
  const { profiles, rows, recordCount, refusedRowCount, refusedRows, warnings } = state;
  if (recordCount === 0 && saysNothing(head)) {
    return bad(refused('no-content', 'Its feedback element is empty.'));
  }
  const dates = checkDates(head.metadata.dateRange, nowSeconds);
  if (!dates.ok) return dates;
  for (const warning of [...told, ...reading.warnings, ...dates.value]) warnings.add(warning);
  tellMissing(state, head);
  return ok({
    ...head,
    profiles: profiles.all,
    rows,
    recordCount,
    refusedRowCount,
    refusedRows,
    warnings: [...warnings].sort(),
  });
}

const saysNothing = ({ metadata, policyPublished }: Head): boolean =>
  [
    metadata.orgName,
    metadata.reportId,
    metadata.dateRange.begin,
    metadata.dateRange.end,
    policyPublished.domain,
  ].every((text) => text === '');

function tellMissing({ warnings, rows, refusedRowCount }: State, { metadata }: Head): void {
  if (metadata.orgName === '') warnings.add('org-missing');
  if (metadata.reportId === '') warnings.add('id-missing');
  if (rows.length === 0) warnings.add('rows-none');
  if (refusedRowCount > 0) warnings.add('rows-refused');
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
