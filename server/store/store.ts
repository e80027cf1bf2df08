import type { KeptBytes } from '../../ingest/document.ts';
import type {
  DecidedDocument,
  DocumentOutcome,
  MailboxAddress,
  MessageState,
} from '../../ingest/ledger.ts';
import type { Tally } from '../../ingest/outcome.ts';
import type { PollLedger } from '../../ingest/poll-ledger.ts';
import type { PolicyPublished, Profile, RefusedRow, Warning } from '../../ingest/report.ts';

export type {
  DecidedDocument,
  DecidedMessage,
  DocumentOutcome,
  FolderProgress,
  MailboxAddress,
  MailboxSecurity,
  MessageKey,
  MessageState,
} from '../../ingest/ledger.ts';

/**
 * What the rest of the program asks of its store: asynchronous functions in vocabulary types, so that
 * another engine can stand beside SQLite. Two halves: the writer (one, in the ingest process) and the
 * reader (any number). Days are UTC days as 'YYYY-MM-DD'; a day range includes both ends.
 */

// ---- naming, given to the store when it is opened -------------------------------------------------

/** How a profile hints at a service: an SPF pass of its return path, or a signature that passed. */
export interface ServiceSign {
  service: string;
  by: 'spf' | 'dkim';
}

export type SourceKind = 'service' | 'as' | 'block';

export interface SourceName {
  /** Stable: 'service:mailchimp', 'as:63949', 'net:203.0.113.0/24'. */
  id: string;
  name: string;
  kind: SourceKind;
  /** What the name rests on, in words: "SPF passed for mcsv.net on 412 messages". */
  evidence: string;
}

/** Pure functions from server/analysis, so that the store needs to know no service. */
export interface SourceNaming {
  signsOf(profile: Profile): ServiceSign[];
  /** `signs` holds the sum of messages by sign, over everything counted from this address for one domain. */
  nameOf(sourceIp: string, signs: readonly (ServiceSign & { messages: number })[]): SourceName;
}

// ---- ledger ---------------------------------------------------------------------------------------

/** `environment` mailboxes come from settings and are read-only on the page. */
export type MailboxOrigin = 'environment' | 'stored' | 'files';

export interface SealedSecret {
  keyId: string;
  nonce: Buffer;
  ciphertext: Buffer;
}

export interface StoredMailbox extends MailboxAddress {
  id: number;
  origin: MailboxOrigin;
  secret: SealedSecret | null;
  /** PEM of a certificate authority to trust for this server alone. */
  caPem: string | null;
}

// ---- what pages read ------------------------------------------------------------------------------

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
  sources: number;
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

export interface StoreReader {
  totals(filter: DayRange & { domain: string | null }): Promise<Totals>;
  /** Every domain of a counted report, also without mail in the range; most messages first. */
  domains(range: DayRange): Promise<DomainSummary[]>;
  /** Per domain and day, for sparklines: messages and those aligned. */
  domainTrends(
    range: DayRange,
  ): Promise<{ domain: string; day: string; messages: number; dmarcAligned: number }[]>;
  sources(domain: string, range: DayRange): Promise<SourceSummary[]>;
  /** Days with at least one report of the domain (or message of the source), ascending. `sourceId` null: the whole domain. */
  days(domain: string, sourceId: string | null, range: DayRange): Promise<DayTally[]>;
  /** What counts for the domain and has no day. */
  undated(domain: string): Promise<Tally>;
  addresses(domain: string, sourceId: string, range: DayRange): Promise<AddressSummary[]>;
  receivers(domain: string, range: DayRange): Promise<ReceiverSummary[]>;
  reports(filter: ReportFilter, cursor: string | null, limit: number): Promise<Page<ReportSummary>>;
  report(id: number): Promise<ReportDetail | null>;
  rows(id: number, offset: number, limit: number): Promise<StoredRow[]>;
  keptBytes(contentSha256: string): Promise<KeptBytes | null>;
  mailboxes(): Promise<StoredMailbox[]>;
  ledgerCounts(): Promise<LedgerCounts[]>;
  ledger(filter: LedgerFilter, cursor: string | null, limit: number): Promise<Page<LedgerRow>>;
  schemaVersion(): Promise<number>;
  close(): Promise<void>;
}

/** The ledger that polling writes, and the reports with it. */
export interface StoreWriter extends PollLedger {
  /** The row of this mailbox, made if it is not there yet. */
  ensureMailbox(origin: MailboxOrigin, address: MailboxAddress): Promise<StoredMailbox>;
  ensureFiles(): Promise<StoredMailbox>;
  close(): Promise<void>;
}

/** Small writes of the user, made by the page's process through short transactions. */
export interface StoreSettings {
  saveMailbox(
    address: MailboxAddress,
    secret: SealedSecret,
    caPem: string | null,
  ): Promise<StoredMailbox>;
  /** Its ledger and reports stay; its secret goes. Only a `stored` mailbox can be removed. */
  removeMailbox(id: number): Promise<void>;
  close(): Promise<void>;
}
