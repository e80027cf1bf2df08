import type { AfterChoice } from '../../ingest/after-choice.ts';
import type { KeptBytes, ReadDocument } from '../../ingest/document.ts';
import type { DecidedDocument, MailboxAddress, MessageKey } from '../../ingest/ledger.ts';
import type { Tally } from '../../ingest/outcome.ts';
import type { AfterLedger } from '../../ingest/poll-after-ledger.ts';
import type { PollLedger } from '../../ingest/poll-ledger.ts';
import type { AggregateReport } from '../../ingest/report.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type {
  AddressPointer,
  AddressSummary,
  DayRange,
  DayTally,
  DomainSummary,
  LedgerCounts,
  LedgerFilter,
  LedgerRow,
  Page,
  ReceiverSummary,
  ReportDetail,
  ReportFilter,
  ReportSummary,
  SourceSummary,
  StoredRow,
  Totals,
} from './answers.ts';
import type { KeepingReader, KeepingWriter, UpkeepWriter } from './keeping.ts';
import type {
  ClassWord,
  DomainMail,
  MailClass,
  StreamAddresses,
  StreamReporterDay,
  UserWords,
  Waiver,
} from './domain-mail.ts';

export type * from './answers.ts';
export type * from './keeping.ts';
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
  /** What happens to the mail of a report once the report is stored. */
  after: AfterChoice;
}

/** Messages by what was done with them after their reports were stored. */
export interface AfterState {
  mailboxId: number;
  marked: number;
  moved: number;
  deleted: number;
  /** Not surely the mail that was committed, and so never touched. */
  leftAlone: number;
  /** Why mail is left where it is although its owner chose otherwise. */
  problem: { code: string; message: string; advice: string; sinceSeconds: number } | null;
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

/** A domain, and what tells how much it matters to ask DNS about it. */
export interface DomainToAsk {
  domain: string;
  hasUserWord: boolean;
  reportDays: number;
  messages: number;
  /** When DNS was last asked; null: never. */
  askedSeconds: number | null;
}

export interface StoreReader extends KeepingReader {
  totals(filter: DayRange & { domain: string | null }): Promise<Totals>;
  /** Whether any report of the domain was counted. */
  knownDomain(domain: string): Promise<boolean>;
  /** Every domain of a counted report (or `only` one), also without mail in the range; most messages first. */
  domains(range: DayRange, only?: string): Promise<DomainSummary[]>;
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
  /** Whether no counted report of the domain, or of a domain below it, ended after the day `at`. */
  nothingAfter(domain: string, at: number): Promise<boolean>;
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
  streamAddresses(
    streamIds: readonly number[],
    from: number,
    to: number,
  ): Promise<StreamAddresses[]>;
  /** Row ids of the addresses that sent anything in any of these streams, for the same reports. */
  activeAddresses(streamIds: readonly number[], from: number, to: number): Promise<number[]>;
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
  /**
   * Domains of counted reports, those first that the user has said something about, then those with
   * reports on most days; days and messages of reports that begin on a day from `from` to `to`.
   */
  domainsToAsk(from: number, to: number, nowSeconds: number): Promise<DomainToAsk[]>;
  /**
   * Addresses whose PTR was never asked for, or before that moment; the newest seen first. `behind`:
   * only those that come after that address.
   */
  addressesToLookUp(
    askedBeforeSeconds: number,
    limit: number,
    behind?: string | null,
  ): Promise<string[]>;
  /** Newest first. */
  notes(domain: string): Promise<Note[]>;
  /** Newest first, none asked after the end of day `at`. */
  dnsSnapshots(domain: string, at: number, limit: number): Promise<DnsSnapshot[]>;
  keptBytes(contentSha256: string): Promise<KeptBytes | null>;
  mailboxes(): Promise<StoredMailbox[]>;
  ledgerCounts(): Promise<LedgerCounts[]>;
  /** Mailboxes in which nothing was done, and nothing stands in the way, are left out. */
  afterStates(): Promise<AfterState[]>;
  ledger(filter: LedgerFilter, cursor: string | null, limit: number): Promise<Page<LedgerRow>>;
  schemaVersion(): Promise<number>;
  close(): Promise<void>;
}

/** The ledger that polling writes, and the reports with it. */
export interface StoreWriter extends PollLedger, AfterLedger, KeepingWriter {
  /** The row of this mailbox, made if it is not there yet. Without `after`, that choice stays as it is. */
  ensureMailbox(
    origin: MailboxOrigin,
    address: MailboxAddress,
    after?: AfterChoice,
  ): Promise<StoredMailbox>;
  ensureFiles(): Promise<StoredMailbox>;
  /**
   * How often a message was begun and not decided. What was set aside counts once: whoever brings it
   * again asks for another trial.
   */
  attemptsOf(key: MessageKey): Promise<number>;
  /**
   * Decides a document of a message anew, after another reading of what was kept of it. What it holds
   * besides the first comes behind all documents of the message; one that brought a report keeps its row.
   */
  decideAgain(
    messageId: number,
    documents: readonly ReadDocument[],
    nowSeconds: number,
  ): Promise<DecidedDocument[]>;
  /**
   * Puts another reading of a stored report's content in its place, under the same id.
   * @returns false where the report was forgotten: nothing is put in its place
   */
  replaceReport(id: number, report: AggregateReport, contentSha256: string): Promise<boolean>;
  /** Messages that the next look at their folders is to look at again. */
  putBack(messageIds: readonly number[]): Promise<void>;
  /**
   * Decides anew the names of all addresses of a domain (null: of every domain) after what DNS tells
   * has changed, and moves their sums, each address in one transaction with its sums. Returns how many moved.
   */
  renameAddresses(domain: string | null): Promise<number>;
  /** @throws StoreProblem `missing` where the database is no longer the file of its name; nothing is written then. */
  checkPlace(): Promise<void>;
  close(): Promise<void>;
}

/** Small writes of the user, made by the page's process through short transactions. */
export interface StoreSettings extends UpkeepWriter {
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
    after?: AfterChoice,
  ): Promise<StoredMailbox>;
  saveAfter(mailboxId: number, after: AfterChoice): Promise<StoredMailbox>;
  /** Its ledger and reports stay; its secret goes. Only a `stored` mailbox can be removed. */
  removeMailbox(id: number): Promise<void>;
  close(): Promise<void>;
}
