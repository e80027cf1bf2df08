import type { FetchMessageObject, FetchQueryObject, MessageStructureObject } from 'imapflow';
import type { Limits } from './limits.ts';
import { readSubject } from './mail-headers.ts';
import { buildParts, type MailPart, type PartSource } from './mail-part.ts';
import { type Problem, refused } from './problem.ts';
import { bad, type Result } from './result.ts';

/** All that is asked about a message before it is known to be a candidate. */
export interface MessageHead {
  uid: number;
  sizeBytes: number;
  subject: string;
  structure: Result<MailPart, Problem>;
}

/** The parts of one message that were asked for, still encoded, by part number. */
export interface MessageBodies {
  uid: number;
  headerBlock: Buffer | null;
  bodies: Map<string, Buffer>;
}

/** The same parts of several messages, in one command. */
export interface BodyRequest {
  uids: readonly number[];
  /** `maxBytes` null: the whole part. */
  parts: readonly { part: string; maxBytes: number | null }[];
  /** Largest header block to fetch along; null: none. */
  headerBytes: number | null;
  expectedBytes: number;
}

export const headQuery: FetchQueryObject = {
  uid: true,
  size: true,
  bodyStructure: true,
  headers: ['subject'],
};

export function bodyQuery(request: BodyRequest): FetchQueryObject {
  const parts = request.parts.map(({ part, maxBytes }) =>
    maxBytes === null ? { key: part } : { key: part, maxLength: maxBytes },
  );
  const header =
    request.headerBytes === null ? [] : [{ key: 'HEADER', maxLength: request.headerBytes }];
  return { uid: true, bodyParts: [...parts, ...header] };
}

/** Null for a row that is no answer to `headQuery`: servers tell of changed flags in between. */
export function toHead(message: FetchMessageObject, limits: Limits): MessageHead | null {
  const { uid, size, headers, bodyStructure } = message;
  if (size === undefined || !Number.isSafeInteger(uid)) return null;
  const structure =
    bodyStructure === undefined
      ? bad(refused('mime-depth', 'the server gave no structure, or one nested too deep'))
      : buildParts(sourceOf(bodyStructure), limits);
  const subject = headers === undefined ? '' : readSubject(headers);
  return { uid, sizeBytes: size, subject, structure };
}

const sourceOf = (node: MessageStructureObject): PartSource => ({
  type: node.type,
  reportType: (node.parameters?.['report-type'] ?? '').toLowerCase(),
  name: node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? '',
  encoding: node.encoding ?? '',
  sizeBytes: node.size ?? 0,
  children: () => (node.childNodes ?? []).map(sourceOf),
});

/** Adds a row to what came of the same message before; null for a row without bodies. */
export function addBodies(
  message: FetchMessageObject,
  before: MessageBodies | undefined,
): MessageBodies | null {
  if (message.bodyParts === undefined && message.headers === undefined) return null;
  const bodies = new Map(before?.bodies);
  for (const [part, body] of message.bodyParts ?? []) {
    // NIL: the server has the message and not the part.
    if (Buffer.isBuffer(body)) bodies.set(part, body);
  }
  const headerBlock = message.headers ?? before?.headerBlock ?? null;
  return { uid: message.uid, headerBlock, bodies };
}

/** Ascending UIDs as an IMAP sequence set: 1:3,7. */
export function uidRanges(uids: readonly number[]): string {
  const ranges: string[] = [];
  let index = 0;
  while (index < uids.length) {
    const first = uids[index] ?? 0;
    let last = first;
    while (uids[index + 1] === last + 1) {
      last += 1;
      index += 1;
    }
    ranges.push(first === last ? String(first) : `${first}:${last}`);
    index += 1;
  }
  return ranges.join(',');
}
