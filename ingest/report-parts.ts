import type { Limits } from './limits.ts';
import type { MailPart } from './mail-part.ts';
import type { NotReportReason } from './problem.ts';

/**
 * Which parts of a mail may hold an aggregate report, decided from its structure, its subject and its
 * file names alone: docs/decisions/which-parts-are-read.md.
 */
export interface Candidate {
  part: string;
  name: string;
  encoding: string;
  sizeBytes: number;
  /**
   * `peek`: its first bytes decide (mail-peek.ts) whether it is fetched at all. `unfold`: they showed a
   * multipart that passes for text.
   */
  look: 'fetch' | 'peek' | 'unfold';
}

export interface PartsDecision {
  candidates: Candidate[];
  /** What the message is when it has no candidate, or none that proves to be a report. */
  notReport: NotReportReason;
  /** Parts that speak for a report and lie beyond the cap on attachments. */
  untried: number;
}

export function reportParts(root: MailPart, subject: string, limits: Limits): PartsDecision {
  const kind = kindOfMail(root, subject);
  if (kind === 'failure-report' || root.reportType === 'tlsrpt') {
    return { candidates: [], notReport: kind, untried: 0 };
  }
  const leaves = leavesOf(root);
  const spoken = speaksForReport(subject);
  const fetched: Candidate[] = [];
  const peeked: Candidate[] = [];
  for (const leaf of leaves) {
    const look = lookAt(leaf, spoken);
    if (look === null) continue;
    const { part, name, encoding, sizeBytes } = leaf;
    (look === 'fetch' ? fetched : peeked).push({ part, name, encoding, sizeBytes, look });
  }
  if (fetched.length + peeked.length === 0 && kind === 'ordinary-mail') {
    peeked.push(...bodiesToPeek(leaves, spoken));
  }
  return {
    candidates: [...fetched, ...peeked].slice(0, limits.attachments),
    notReport: kind,
    untried: Math.max(0, fetched.length - limits.attachments),
  };
}

/** Report names of RFC 7489 and RFC 9990: receiver!policy-domain!begin!end, and what follows. */
const REPORT_NAME = /^[^!]*![^!]+!\d{8,13}!\d{8,13}/;
const REPORT_WORDS = /dmarc|aggregate[ _-]?report|report[ _-]?domain/i;
const SUBJECT_WORDS =
  /report[ _-]?domain:|report-id:|dmarc.*\breports?\b|\breports?\b.*dmarc|aggregate report/i;
const FAILURE_SUBJECT = /dmarc.*\b(?:failure|forensic)\b|\b(?:failure|forensic)\b.*dmarc/i;

const isReportName = (name: string): boolean => REPORT_NAME.test(name) || REPORT_WORDS.test(name);

/** Whether a subject is one that reporters use. It opens doors, and decides nothing. */
const speaksForReport = (subject: string): boolean =>
  SUBJECT_WORDS.test(subject) && !FAILURE_SUBJECT.test(subject);

type MailKind = 'failure-report' | 'tls-report' | 'ordinary-mail';

function kindOfMail(root: MailPart, subject: string): MailKind {
  let kind: MailKind = 'ordinary-mail';
  if (root.type === 'multipart/report' && FAILURE_SUBJECT.test(subject)) return 'failure-report';
  for (const part of [root, ...root.children]) {
    if (part.reportType === 'feedback-report' || part.type === 'message/feedback-report') {
      return 'failure-report';
    }
    if (part.reportType === 'tlsrpt' || part.type.startsWith('application/tlsrpt')) {
      kind = 'tls-report';
    }
  }
  return kind;
}

/** Bounces and receipts return mail that we sent: nothing in them is a report to us. */
const RETURNED = new Set(['delivery-status', 'disposition-notification', 'feedback-report']);

function leavesOf(part: MailPart): MailPart[] {
  if (part.type === 'multipart/report' && RETURNED.has(part.reportType)) return [];
  if (part.children.length === 0) return part.part === '' ? [] : [part];
  return part.children.flatMap(leavesOf);
}

const PACKED_TYPES =
  /^application\/(?:(?:x-)?gzip(?:-compressed)?|(?:x-)?zip(?:-compressed)?|octet-stream|(?:x-)?binary|(?:x-)?compressed|force-download|x-download|download|unknown|dmarc.*)$/;
const XML_TYPES = /^(?:text|application)\/(?:(?:.*\+)?xml|(?:.*\+)?gzip|(?:.*\+)?zip)$/;
/** Containers that reports do not come in: fetched where spoken for, so that the refusal has a name. */
const CONTAINER_TYPES =
  /^application\/(?:ms-tnef|vnd\.ms-tnef|(?:x-)?pkcs7-mime|(?:x-)?tar|(?:x-)?bzip2?|x-7z-compressed|(?:x-|vnd\.)?rar|x-xz|zstd)$/;
const READ_EXTENSION = /\.(?:xml|gz|gzip|zip)$/i;
const CONTAINER_EXTENSION = /\.(?:tgz|tar|7z|rar|xz|bz2|zst|dat|p7m|z|bin)$/i;
const ANY_EXTENSION = /\.[a-z0-9]{1,5}$/i;

/** How a leaf is to be looked at; null is never. `spoken`: the subject is one that reporters use. */
function lookAt(leaf: MailPart, spoken: boolean): 'fetch' | 'peek' | null {
  const { type, name } = leaf;
  if (type.startsWith('application/tlsrpt')) return null;
  const named = isReportName(name);
  const readable = READ_EXTENSION.test(name);
  const known = PACKED_TYPES.test(type) || XML_TYPES.test(type);
  if (type === 'text/plain' || type === 'text/html') {
    return readable && (named || spoken) ? 'fetch' : null;
  }
  if (REPORT_NAME.test(name) && !isForeignType(type)) return 'fetch';
  if (CONTAINER_TYPES.test(type) || CONTAINER_EXTENSION.test(name)) {
    return (named || spoken) && !isForeignType(type) ? 'fetch' : null;
  }
  const open = name === '' || !ANY_EXTENSION.test(name);
  if (!(known && (readable || open)) && !(readable && !isForeignType(type))) return null;
  if (named || (spoken && readable)) return 'fetch';
  return 'peek';
}

const isForeignType = (type: string): boolean => /^(?:image|audio|video|font|model)\//.test(type);

/** The text of a mail is looked at only where its subject speaks for it, and it has no attachment that may be one. */
function bodiesToPeek(leaves: readonly MailPart[], spoken: boolean): Candidate[] {
  if (!spoken) return [];
  return leaves
    .filter(({ type, name }) => (type === 'text/plain' || type === 'text/html') && name === '')
    .map(({ part, name, encoding, sizeBytes }) => ({
      part,
      name,
      encoding,
      sizeBytes,
      look: 'peek',
    }));
}
