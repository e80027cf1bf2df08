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
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type {
  ClassWord,
  DomainMail,
  MailClass,
  StreamAddress,
  StreamReporterDay,
  UserWords,
  Waiver,
} from './domain-mail.ts';
import type { SourceName } from './source-naming.ts';

export type { ServiceSign, SourceKind, SourceName, SourceNaming } from './source-naming.ts';

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

// ---- what the user says ----------------------------------------------------------------------------

/** A line on the charts, in the user's words. */
export interface Note {
  id: number;
  /** Days since 1970, UTC. */
  day: number;
  text: string;
  by: string;
  writtenSeconds: number;
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
  /**
   * The streams of one domain up to the end of the UTC day `at` (days since 1970), by day from
   * `from` on; null for a domain without a counted report until then.
   */
  domainMail(domain: string, from: number, at: number): Promise<DomainMail | null>;
  /** Changes whenever anything that `domainMail` or `userWords` of the domain gives may have changed. */
  domainVersion(domain: string): Promise<string>;
  /**
   * Which reporters told of these streams on which days, in reports that had ended by the end of day
   * `to`. Ids of `domainMail`.
   */
  streamReporterDays(
    streamIds: readonly number[],
    from: number,
    to: number,
  ): Promise<StreamReporterDay[]>;
  /** Of reports that had ended by the end of day `to`, as in `domainMail`. */
  streamAddresses(streamIds: readonly number[], from: number, to: number): Promise<StreamAddress[]>;
  /**
   * Sums of these streams by address, most messages first; for the page of a source. `from` and `to`
   * null: over everything kept, also without a day.
   */
  sourceAddresses(
    streamIds: readonly number[],
    from: number | null,
    to: number | null,
  ): Promise<AddressSummary[]>;
  /** What PTR look-ups found; addresses that were never asked about are left out. */
  pointers(sourceIps: readonly string[]): Promise<AddressPointer[]>;
  userWords(domain: string): Promise<UserWords>;
  /** Addresses whose PTR was never asked for, or before that moment; the newest seen first. */
  addressesToLookUp(askedBeforeSeconds: number, limit: number): Promise<string[]>;
  /** Newest first. */
  notes(domain: string): Promise<Note[]>;
  /** Newest first, none asked after the end of day `at`. */
  dnsSnapshots(domain: string, at: number, limit: number): Promise<DnsSnapshot[]>;
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
  /**
   * Decides anew the names of all addresses of a domain (null: of every domain) after what DNS tells
   * has changed, and moves their sums, each address in one transaction with its sums. Returns how many moved.
   */
  renameAddresses(domain: string | null): Promise<number>;
  close(): Promise<void>;
}

/** Small writes of the user, made by the page's process through short transactions. */
export interface StoreSettings {
  /** `word.class` null: the user takes it back, and the rules speak again. */
  classify(
    domain: string,
    word: Omit<ClassWord, 'class'> & { class: MailClass | null },
    nowSeconds: number,
  ): Promise<void>;
  markFixed(
    domain: string,
    sourceId: string,
    day: number | null,
    by: string,
    note: string | null,
  ): Promise<void>;
  setRhythm(domain: string, sourceId: string, everyDays: number | null, by: string): Promise<void>;
  waive(domain: string, waiver: Waiver): Promise<void>;
  takeBackWaiver(domain: string, gate: string): Promise<void>;
  saySendsNothing(domain: string, day: number | null, by: string): Promise<void>;
  setMicrosoftTenants(domain: string, tenants: readonly string[]): Promise<void>;
  saveNote(domain: string, note: Omit<Note, 'id'>): Promise<Note>;
  removeNote(domain: string, id: number): Promise<void>;
  /** Kept with its date; the newest says what addresses are named after. */
  saveDnsSnapshot(snapshot: DnsSnapshot): Promise<void>;
  /** `name` null: the address has none. */
  savePointers(pointers: readonly AddressPointer[], nowSeconds: number): Promise<void>;
  saveMailbox(
    address: MailboxAddress,
    secret: SealedSecret,
    caPem: string | null,
  ): Promise<StoredMailbox>;
  /** Its ledger and reports stay; its secret goes. Only a `stored` mailbox can be removed. */
  removeMailbox(id: number): Promise<void>;
  close(): Promise<void>;
}
