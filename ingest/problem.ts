/**
 * Why a document or a message did not become a report. Closed lists: each reason is stored in the
 * ledger, has a text on the page and a test.
 */

/** Could be a report, and cannot be read: its bytes are kept, so that a better parser may try again. */
export type RefusedReason =
  // the mail
  | 'oversized'
  | 'header-size'
  | 'mime-parts'
  | 'mime-depth'
  | 'transfer-encoding'
  | 'too-many-attachments'
  | 'fetch-failed'
  | 'crashed'
  | 'timed-out'
  // the packing
  | 'inflated-limit'
  | 'size-mismatch'
  | 'too-many-entries'
  | 'overlap'
  | 'nesting'
  | 'encrypted'
  | 'unsupported-method'
  | 'unsupported-container'
  | 'checksum'
  | 'truncated'
  | 'zip-structure'
  | 'inconsistent'
  // the XML
  | 'doctype'
  | 'encoding'
  | 'malformed'
  | 'depth'
  | 'tag-size'
  | 'text-limit'
  | 'head-limit'
  | 'record-limit'
  | 'profile-limit'
  // what it says
  | 'bad-dates'
  | 'no-content';

/** Proved not to be an aggregate report: dropped at once, nothing of it is kept but this word. */
export type NotReportReason =
  | 'ordinary-mail'
  | 'failure-report'
  | 'tls-report'
  | 'empty'
  | 'not-xml'
  | 'other-xml'
  | 'no-report-inside';

export type Problem =
  | { outcome: 'refused'; reason: RefusedReason; detail: string }
  | { outcome: 'not-a-report'; reason: NotReportReason; detail: string };

export const refused = (reason: RefusedReason, detail: string): Problem => ({
  outcome: 'refused',
  reason,
  detail,
});

export const notAReport = (reason: NotReportReason, detail: string): Problem => ({
  outcome: 'not-a-report',
  reason,
  detail,
});
