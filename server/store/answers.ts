import type { DecidedDocument, DocumentOutcome, MessageState } from '../../ingest/ledger.ts';
import type { Tally } from '../../ingest/outcome.ts';
import type { PolicyPublished, Profile, RefusedRow, Warning } from '../../ingest/report.ts';
import type { SourceName } from './source-naming.ts';

/** What a store answers: sums, lists and rows, as pages and commands read them. */

export interface DayRange {
  /** Both inclusive; null is open. With either given, reports without a day are left out. */
  from: string | null;
  to: string | null;
}

export interface Totals {
  /** Counted reports; with days given, those of which any share lies in the range. */
  reports: number;
  /** Rows stored of them plus rows refused: `<record>` elements seen. */
  records: number;
  tally: Tally;
}

export interface DomainSummary {
  domain: string;
  /** As in the newest counted report; null without one. */
  policyPublished: PolicyPublished | null;
  tally: Tally;
  reports: number;
  reporters: number;
  lastReportEndSeconds: number | null;
}

export interface DayTally {
  day: string;
  tally: Tally;
}

export interface SourceSummary extends SourceName {
  tally: Tally;
  /** Addresses, first and last day are those of the range; a day is null where none has one. */
  addresses: number;
  firstDay: string | null;
  lastDay: string | null;
  /** What passed without being aligned, most messages first, at most 3. */
  passedUnaligned: { by: 'spf' | 'dkim'; domain: string; messages: number }[];
}

export interface AddressSummary {
  sourceIp: string;
  tally: Tally;
}

export interface AddressPointer {
  sourceIp: string;
  /** null: the address has none. */
  name: string | null;
  /** The name leads back to the address. */
  confirmed: boolean;
}

export interface ReceiverSummary {
  orgName: string;
  tally: Tally;
  reports: number;
  lastReportEndSeconds: number | null;
}

export interface ReportFilter extends DayRange {
  domain: string | null;
  orgName: string | null;
  sourceId: string | null;
  sourceIp: string | null;
}

export interface ReportSummary {
  id: number;
  orgName: string;
  reportId: string;
  domain: string;
  beginSeconds: number | null;
  endSeconds: number | null;
  receivedSeconds: number;
  records: number;
  refusedRows: number;
  messages: number;
  dmarcAligned: number;
  counted: boolean;
  warnings: Warning[];
}

export interface ReportDetail extends ReportSummary {
  email: string | null;
  extraContactInfo: string | null;
  generator: string | null;
  errors: string[];
  dialect: string;
  version: string | null;
  policyPublished: PolicyPublished;
  contentSha256: string;
  refusedRowDetails: RefusedRow[];
  /** When its records were removed because the user asked for it; null: they are there. */
  forgottenSeconds: number | null;
  /** Other versions of the same report (conflicts). */
  versions: { id: number; counted: boolean; contentSha256: string }[];
  /** Where it arrived: message and place of the documents that brought it, the first 1,000. */
  arrivals: { mailboxId: number; mailbox: string; uid: number; name: string; part: string }[];
}

export interface StoredRow {
  position: number;
  sourceIp: string;
  sourceId: string;
  sourceName: string;
  count: number;
  profile: Profile;
}

export interface LedgerRow {
  id: number;
  mailboxId: number;
  uidValidity: string;
  uid: number;
  name: string;
  state: MessageState;
  attempts: number;
  sizeBytes: number;
  firstSeenSeconds: number;
  decidedSeconds: number | null;
  documents: DecidedDocument[];
}

export interface LedgerFilter {
  mailboxId: number | null;
  /** A document outcome, or a message state other than `done`. */
  outcome: DocumentOutcome | Exclude<MessageState, 'done'> | null;
}

export interface LedgerCounts {
  mailboxId: number;
  messages: number;
  /** Of the messages, and of the documents that were no report: those whose rows were let go by age. */
  letGo: { messages: number; documents: number };
  pending: number;
  unresolved: number;
  setAside: number;
  documents: Record<DocumentOutcome, number>;
}

export interface Page<T> {
  items: T[];
  /** Give it back to get the next page; null at the end. */
  nextCursor: string | null;
}
