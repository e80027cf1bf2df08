import { hash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { DocumentPlace, ReadDocument } from './document.ts';
import { nameToKeep } from './kept-name.ts';
import type { Limits } from './limits.ts';
import { type NotReportReason, notAReport, type Problem, refused } from './problem.ts';
import type { DocumentReader } from './read-document.ts';
import type { Candidate } from './report-parts.ts';
import { decodeTransferEncoding } from './transfer-encoding.ts';

/** A candidate whose body is here, as it lies in the mail. */
export interface FetchedPart {
  candidate: Candidate;
  body: Buffer;
}

/** What the parts of one mail are read into: always at least one document. */
export interface PartsToRead {
  parts: FetchedPart[];
  /** Parts that speak for a report and were not tried. */
  untried: number;
  /** What the mail is when no part is left to read. */
  notReport: NotReportReason;
}

/** Undoes transfer encodings and reads what is inside, within the time that one mail may take. */
export async function readParts(
  toRead: PartsToRead,
  limits: Limits,
  reader: DocumentReader,
  nowSeconds: number,
): Promise<ReadDocument[]> {
  const documents: ReadDocument[] = [];
  const deadline = startDeadline(limits.messageSeconds);
  try {
    for (const { candidate, body } of toRead.parts) {
      const name = nameToKeep(candidate.name);
      const place = { part: candidate.part, name, position: documents.length };
      if (documents.length >= limits.documents) {
        const problem = refused('too-many-attachments', `more than ${limits.documents} documents`);
        documents.push(refusedDocument(place, problem));
        break;
      }
      const decoded = decodeTransferEncoding(body, candidate.encoding);
      if (!decoded.ok) {
        documents.push(refusedDocument(place, decoded.problem, body));
        continue;
      }
      const read = reader.readAttachment(decoded.value, place, nowSeconds);
      const inTime = await Promise.race([read, deadline.expired]);
      if (inTime === null) {
        const problem = refused('timed-out', `more than ${limits.messageSeconds} seconds`);
        documents.push(refusedDocument(place, problem, decoded.value));
        break;
      }
      documents.push(...inTime);
    }
  } finally {
    deadline.stop();
  }
  if (toRead.untried > 0) {
    const problem = refused('too-many-attachments', `${toRead.untried} more were not tried`);
    documents.push(refusedDocument({ part: '', name: '', position: documents.length }, problem));
  }
  return documents.length > 0 ? documents : [notReportDocument(toRead.notReport)];
}

/** A message without anything to read: one document says so, and keeps no name of anything in it. */
export const notReportDocument = (reason: NotReportReason): ReadDocument => ({
  part: '',
  name: '',
  position: 0,
  outcome: 'not-a-report',
  problem: notAReport(reason, ''),
  contentSha256: null,
  kept: null,
});

/** A refusal from before the reader; `bytes` are kept so that it may be tried again. */
export function refusedDocument(
  place: DocumentPlace,
  problem: Problem,
  bytes: Buffer | null = null,
): ReadDocument {
  if (problem.outcome !== 'refused') return { ...notReportDocument(problem.reason), ...place };
  if (bytes === null) {
    return { ...place, outcome: 'refused', problem, contentSha256: null, kept: null };
  }
  return {
    ...place,
    outcome: 'refused',
    problem,
    contentSha256: hash('sha256', bytes, 'hex'),
    kept: {
      encoding: 'deflate-raw',
      bytes: deflateRawSync(bytes),
      inflatedBytes: bytes.length,
    },
  };
}

function startDeadline(seconds: number): { expired: Promise<null>; stop: () => void } {
  let stop = (): void => undefined;
  const expired = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), seconds * 1000);
    stop = () => clearTimeout(timer);
  });
  return { expired, stop: () => stop() };
}
