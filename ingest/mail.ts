import type { ReadDocument } from './document.ts';
import type { Limits } from './limits.ts';
import {
  type FetchedPart,
  notReportDocument,
  type PartsToRead,
  readParts,
  refusedDocument,
} from './mail-documents.ts';
import { afterPeek, PEEK_BYTES } from './mail-peek.ts';
import { type WalkedMail, walkMail } from './mail-structure.ts';
import { refused } from './problem.ts';
import type { DocumentReader } from './read-document.ts';
import { reportParts } from './report-parts.ts';

const TOP = { part: '', name: '', position: 0 };

/**
 * Reads the reports of a mail from its bytes, deciding which parts to look at as if it lay on a server.
 * @returns at least one document; the header block only where a part was read, so that nothing of
 * other mail stays.
 */
export async function readMail(
  raw: Buffer,
  limits: Limits,
  reader: DocumentReader,
  nowSeconds: number,
): Promise<{ headerBlock: Buffer | null; documents: ReadDocument[] }> {
  if (raw.length > limits.messageBytes) {
    const problem = refused('oversized', `${raw.length} bytes`);
    return { headerBlock: null, documents: [refusedDocument(TOP, problem)] };
  }
  const walked = walkMail(raw, limits);
  if (!walked.ok) {
    return { headerBlock: null, documents: [refusedDocument(TOP, walked.problem)] };
  }
  const { parts, untried, notReport } = chooseParts(walked.value, limits);
  if (parts.length + untried === 0) {
    return { headerBlock: null, documents: [notReportDocument(notReport)] };
  }
  const documents = await readParts({ parts, untried, notReport }, limits, reader, nowSeconds);
  return { headerBlock: Buffer.from(walked.value.headerBlock), documents };
}

function chooseParts(mail: WalkedMail, limits: Limits): PartsToRead {
  const decision = reportParts(mail.root, mail.subject, limits);
  const parts: FetchedPart[] = [];
  let { notReport } = decision;
  for (const candidate of decision.candidates) {
    const body = mail.bodies.get(candidate.part) ?? Buffer.alloc(0);
    const chosen =
      candidate.look === 'peek' ? afterPeek(candidate, body.subarray(0, PEEK_BYTES)) : candidate;
    if (chosen === 'tls-report') notReport = chosen;
    if (typeof chosen !== 'string') parts.push(...unfold({ candidate: chosen, body }, limits));
  }
  return { parts, untried: decision.untried, notReport };
}

/** Itself, or the parts inside where it is a multipart that passes for text by a misspelt header. */
export function unfold(fetched: FetchedPart, limits: Limits): FetchedPart[] {
  const { candidate, body } = fetched;
  if (candidate.look !== 'unfold') return [fetched];
  const boundary = /^\s*--([^\r\n]+)/.exec(body.toString('latin1', 0, PEEK_BYTES))?.[1]?.trim();
  if (boundary === undefined) return [];
  const quoted = boundary.replace(/["\\]/g, '\\$&');
  const head = Buffer.from(`Content-Type: multipart/mixed; boundary="${quoted}"\n\n`, 'latin1');
  const walked = walkMail(Buffer.concat([head, body]), limits);
  if (!walked.ok) return [];
  const { bodies, root } = walked.value;
  // Only a subject that speaks for a report has led here.
  return reportParts(root, 'Report Domain:', limits)
    .candidates.filter(({ look }) => look === 'fetch')
    .map((inner) => ({ candidate: inner, body: bodies.get(inner.part) ?? Buffer.alloc(0) }));
}
