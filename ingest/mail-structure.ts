import type { Limits } from './limits.ts';
import { readHeaders, readSubject } from './mail-headers.ts';
import { buildParts, type MailPart, type PartSource } from './mail-part.ts';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';
import { decodeTransferEncoding } from './transfer-encoding.ts';

/** A mail that was walked: its structure as a server would give it, and where each body lies. */
export interface WalkedMail {
  root: MailPart;
  subject: string;
  headerBlock: Buffer;
  /** The body of a part by its number, still encoded. */
  bodies: ReadonlyMap<string, Buffer>;
}

/**
 * Walks the bytes of a mail within the caps on headers, parts and depth. Any kind of line end will do;
 * a boundary that is never closed ends with the mail.
 */
export function walkMail(raw: Buffer, limits: Limits): Result<WalkedMail, Problem> {
  const bodyOf = new Map<PartSource, Buffer>();
  const bodies = new Map<string, Buffer>();
  const found: { problem: Problem | null } = { problem: null };

  const sourceOf = (entity: Entity): PartSource => {
    const { headerBlock, body } = entity;
    if (headerBlock.length > limits.headerBytes) {
      found.problem ??= refused('header-size', `more than ${limits.headerBytes} bytes of headers`);
    }
    const headers = readHeaders(headerBlock);
    const { type, reportType, name, encoding, boundary } = headers;
    const children = (): PartSource[] =>
      childrenOf(type, encoding, boundary, body, limits).map((bytes) =>
        sourceOf(splitHeaders(bytes, limits)),
      );
    const source = { type, reportType, name, encoding, sizeBytes: body.length, children };
    bodyOf.set(source, body);
    return source;
  };

  const top = splitHeaders(raw.subarray(leadingBlankBytes(raw)), limits);
  const built = buildParts(sourceOf(top), limits, (number, source) => {
    if (number !== '') bodies.set(number, bodyOf.get(source) ?? Buffer.alloc(0));
  });
  if (found.problem !== null) return bad(found.problem);
  if (!built.ok) return built;
  const subject = readSubject(top.headerBlock);
  return ok({ root: built.value, subject, headerBlock: top.headerBlock, bodies });
}

interface Entity {
  headerBlock: Buffer;
  body: Buffer;
}

const LF = 0x0a;
const CR = 0x0d;
const isLineEnd = (byte: number | undefined): boolean => byte === LF || byte === CR;

function leadingBlankBytes(raw: Buffer): number {
  let position = 0;
  while (isLineEnd(raw[position])) position += 1;
  return position;
}

/** Headers end at the first empty line; where none comes within the cap, the block is one byte above it. */
function splitHeaders(bytes: Buffer, limits: Limits): Entity {
  const last = Math.min(bytes.length, limits.headerBytes + 1);
  let lineStart = 0;
  for (let position = 0; position < last; position += 1) {
    if (!isLineEnd(bytes[position])) continue;
    const next = afterLineEnd(bytes, position);
    if (position === lineStart) {
      return { headerBlock: bytes.subarray(0, lineStart), body: bytes.subarray(next) };
    }
    lineStart = next;
    position = next - 1;
  }
  return { headerBlock: bytes.subarray(0, last), body: bytes.subarray(last) };
}

const afterLineEnd = (bytes: Buffer, position: number): number =>
  position + (bytes[position] === CR && bytes[position + 1] === LF ? 2 : 1);

function childrenOf(
  type: string,
  encoding: string,
  boundary: string,
  body: Buffer,
  limits: Limits,
): Buffer[] {
  if (type.startsWith('multipart/')) return splitMultipart(body, boundary, limits.mimeParts + 1);
  if (type !== 'message/rfc822' && type !== 'message/global') return [];
  const decoded = decodeTransferEncoding(body, encoding);
  return decoded.ok ? [decoded.value] : [];
}

/** The bytes between the delimiter lines (RFC 2046, 5.1.1), at most `most` of them. */
function splitMultipart(body: Buffer, boundary: string, most: number): Buffer[] {
  const parts: Buffer[] = [];
  if (boundary === '') return parts;
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let partStart = -1;
  let position = 0;
  while (parts.length < most) {
    const found = body.indexOf(delimiter, position);
    if (found < 0) break;
    position = found + delimiter.length;
    const line = delimiterLine(body, found, position);
    if (line === null) continue;
    if (partStart >= 0) parts.push(body.subarray(partStart, beforeLineEnd(body, found)));
    partStart = line.isLast ? -1 : line.next;
    if (line.isLast) return parts;
  }
  if (partStart >= 0 && parts.length < most) parts.push(body.subarray(partStart));
  return parts;
}

/** Null where the text stands in the middle of a line, or begins a longer boundary. */
function delimiterLine(
  body: Buffer,
  start: number,
  end: number,
): { isLast: boolean; next: number } | null {
  if (start > 0 && !isLineEnd(body[start - 1])) return null;
  const isLast = body[end] === 0x2d && body[end + 1] === 0x2d;
  let position = isLast ? end + 2 : end;
  while (body[position] === 0x20 || body[position] === 0x09) position += 1;
  if (position < body.length && !isLineEnd(body[position]))
    return isLast ? { isLast, next: position } : null;
  return { isLast, next: afterLineEnd(body, position) };
}

function beforeLineEnd(body: Buffer, position: number): number {
  if (body[position - 1] === LF) return position - (body[position - 2] === CR ? 2 : 1);
  return body[position - 1] === CR ? position - 1 : position;
}
