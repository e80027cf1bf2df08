/** What a reason in the ledger means, and what can be done about it. */
export interface ReasonWords {
  meaning: string;
  /** null where nothing needs doing. */
  advice: string | null;
}

const KEPT = 'Its bytes are kept, so that a later version may read it.';
const SENDER = 'The reporter sent it so; nothing on your side is wrong.';
const LIMIT = `It is larger than any honest report. ${KEPT}`;
const UNREAD =
  'No honest report is like that. The mail stays where it is, and nothing of it is kept.';

/** Could be a report and could not be read (the reasons of `refused`). */
export const REFUSED_REASONS: Record<string, ReasonWords> = {
  oversized: { meaning: 'The mail or file is larger than Ruadmap reads.', advice: UNREAD },
  'header-size': { meaning: 'The mail’s header is larger than Ruadmap reads.', advice: UNREAD },
  'mime-parts': { meaning: 'The mail has more parts than Ruadmap looks through.', advice: UNREAD },
  'mime-depth': { meaning: 'The mail’s parts are nested too deeply.', advice: UNREAD },
  'transfer-encoding': {
    meaning: 'An attachment cannot be decoded from the encoding that the mail names.',
    advice: SENDER,
  },
  'too-many-attachments': {
    meaning: 'The mail has more attachments than Ruadmap tries.',
    advice: 'If they are real reports, save them and add them as files.',
  },
  'fetch-failed': {
    meaning: 'The mail server did not hand over the message.',
    advice: 'It is asked for again at a later look.',
  },
  crashed: {
    meaning: 'Whatever process reads this message ends by it, so it was set aside.',
    advice: 'That is a fault in Ruadmap; please report it. The mail stays where it is.',
  },
  'timed-out': {
    meaning: 'Reading this message took too long, so it was set aside.',
    advice: KEPT,
  },
  'inflated-limit': { meaning: 'It unpacks to more than Ruadmap reads.', advice: LIMIT },
  'size-mismatch': {
    meaning: 'The archive’s stated size differs from its content.',
    advice: SENDER,
  },
  'too-many-entries': {
    meaning: 'The archive holds more files than Ruadmap opens.',
    advice: LIMIT,
  },
  overlap: {
    meaning: 'Files in the archive overlap, which honest archives never do.',
    advice: KEPT,
  },
  nesting: { meaning: 'Archives are packed inside each other too many times.', advice: KEPT },
  encrypted: {
    meaning: 'The archive is encrypted.',
    advice: 'Reports are never encrypted; this is most likely something else.',
  },
  'unsupported-method': {
    meaning: 'The archive is compressed in a way that Ruadmap does not know.',
    advice: KEPT,
  },
  'unsupported-container': {
    meaning: 'It is packed in a format that Ruadmap does not open.',
    advice: 'Unpack it and add the XML file.',
  },
  checksum: {
    meaning: 'The archive’s checksum is wrong: it was damaged on its way.',
    advice: SENDER,
  },
  truncated: { meaning: 'The end is missing: it was cut off on its way.', advice: SENDER },
  'zip-structure': { meaning: 'The archive’s directory is damaged.', advice: SENDER },
  inconsistent: {
    meaning: 'The archive’s directory and its content disagree.',
    advice: SENDER,
  },
  doctype: {
    meaning: 'The XML declares a document type, which reports do not and attacks do.',
    advice: KEPT,
  },
  encoding: { meaning: 'The text is in a character encoding that cannot be read.', advice: SENDER },
  malformed: { meaning: 'It is not well-formed XML.', advice: SENDER },
  depth: { meaning: 'The XML is nested deeper than reports are.', advice: KEPT },
  'tag-size': { meaning: 'One XML tag is larger than Ruadmap reads.', advice: LIMIT },
  'text-limit': { meaning: 'One text is longer than Ruadmap reads.', advice: LIMIT },
  'head-limit': { meaning: 'The report’s head is larger than Ruadmap reads.', advice: LIMIT },
  'record-limit': { meaning: 'The report has more rows than Ruadmap reads.', advice: LIMIT },
  'profile-limit': {
    meaning: 'The report has more different rows than Ruadmap reads.',
    advice: LIMIT,
  },
  'bad-dates': {
    meaning:
      'Its dates cannot be: it ends before it begins, lies in the future, or counts milliseconds.',
    advice: SENDER,
  },
  'no-content': {
    meaning: 'It says neither who reports, nor about which domain, nor any row.',
    advice: SENDER,
  },
};

/** Proved to be no aggregate report (the reasons of `not-a-report`). */
export const NOT_REPORT_REASONS: Record<string, ReasonWords> = {
  'ordinary-mail': {
    meaning: 'Ordinary mail. Its text was not read and nothing of it is kept.',
    advice: null,
  },
  'failure-report': {
    meaning:
      'A failure report about a single message (ruf), not an aggregate report. Nothing of it is kept.',
    advice: null,
  },
  'tls-report': {
    meaning: 'A report about TLS connections, not about DMARC. Nothing of it is kept.',
    advice: null,
  },
  empty: { meaning: 'Empty: there is nothing in it.', advice: null },
  'not-xml': { meaning: 'Not XML, so not a report. Nothing of it is kept.', advice: null },
  'other-xml': {
    meaning: 'XML, but not an aggregate report. Nothing of it is kept.',
    advice: null,
  },
  'no-report-inside': {
    meaning: 'An archive with no report in it. Nothing of it is kept.',
    advice: null,
  },
};

/** The words for a reason; one that this page does not know is shown as it is. */
export const wordsForReason = (reason: string): ReasonWords =>
  REFUSED_REASONS[reason] ?? NOT_REPORT_REASONS[reason] ?? { meaning: reason, advice: null };

/** Outcomes of a document, and states of a message that has none yet. */
export const OUTCOME_WORDS: Record<string, { label: string; meaning: string }> = {
  stored: { label: 'stored', meaning: 'a report, read and counted' },
  duplicate: { label: 'repeated', meaning: 'a report that was there already; not counted again' },
  conflict: {
    label: 'other version',
    meaning:
      'claims to be a report that is there already, with other content; one of the two counts',
  },
  refused: { label: 'refused', meaning: 'could be a report and cannot be read' },
  'not-a-report': { label: 'not a report', meaning: 'other mail, left alone' },
  pending: { label: 'pending', meaning: 'seen, not yet decided' },
  unresolved: { label: 'unresolved', meaning: 'asked for and not answered; asked again later' },
  'set-aside': { label: 'set aside', meaning: 'ends whatever reads it; tried again only if asked' },
};

export const outcomeLabel = (outcome: string): string => OUTCOME_WORDS[outcome]?.label ?? outcome;
