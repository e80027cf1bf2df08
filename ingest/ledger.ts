import type { ReadDocument } from './document.ts';
import type { NotReportReason, RefusedReason } from './problem.ts';

/** What the ledger says of messages and documents: the words in which mailbox and store talk. */

export type MailboxSecurity = 'tls' | 'starttls' | 'plain';

export interface MailboxAddress {
  user: string;
  host: string;
  port: number;
  security: MailboxSecurity;
  folder: string;
}

/** Where a message lies. Files are the pseudo-mailbox `files`: uidValidity is the container's SHA-256. */
export interface MessageKey {
  mailboxId: number;
  uidValidity: string;
  /** IMAP UID; for files the place in an mbox, else 0. */
  uid: number;
  /** File name; '' for IMAP. */
  name: string;
}

/** What tells a decided message from another one under the same UID. */
export interface KnownMessage {
  uid: number;
  sizeBytes: number;
  /** null: it carried no candidate. */
  headerBlock: Buffer | null;
}

export type MessageState =
  /** Seen, attempt counted, not yet decided. */
  | 'pending'
  /** All its documents are decided. */
  | 'done'
  /** Asked for and not answered. */
  | 'unresolved'
  /** Two processes that did nothing but read it died over it, or eight attempts came to no end. */
  | 'set-aside';

export type DocumentOutcome = 'stored' | 'duplicate' | 'conflict' | 'not-a-report' | 'refused';

export interface DecidedMessage {
  key: MessageKey;
  sizeBytes: number;
  /** Header block of a message that carried a candidate; null for other mail and files. */
  headerBlock: Buffer | null;
  /** At least one: a message without a candidate has one document 'not-a-report'. */
  documents: ReadDocument[];
}

export interface DecidedDocument {
  position: number;
  part: string;
  name: string;
  outcome: DocumentOutcome;
  reason: RefusedReason | NotReportReason | null;
  detail: string | null;
  /** Of the stored report, or the one it repeats. */
  reportId: number | null;
  /** Of this document: 0 unless it was read as a report. */
  records: number;
  refusedRows: number;
  messages: number;
}

export interface FolderProgress {
  uidValidity: string | null;
  /** Highest UID up to which every message was seen; 0 at the start. */
  seenUpToUid: number;
}
