import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';
import { inflate, peekInflated } from './unpack-inflate.ts';

/** One gzip member whose content is whole and has the checksum it names (RFC 1952). */
export interface GzipMember {
  /** Its raw deflate stream. */
  stream: Buffer;
  inflatedBytes: number;
  whole: Buffer | null;
  /** Its text begins like a document, and does not go on with the one before. */
  beginsDocument: boolean;
  /** Other bytes than zeros and members follow. */
  hasTrailingBytes: boolean;
}

const DEFLATE = 8;
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };
/** Deflate's shortest stream, of nothing, with a trailer of zeros. */
const EMPTY_MEMBER = Buffer.from('03000000000000000000', 'hex');
const DOCUMENT_START = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:\?xml|!--|(?:[\w.-]+:)?feedback)/;

/** A member that cannot be read: the end of the document before it, unless it begins one of its own. */
export interface BrokenMember {
  problem: Problem;
  beginsDocument: boolean;
}

/**
 * The members of a gzip file, one by one; a broken one is the last.
 * @param roomBytes how much may still be inflated; asked before each member.
 */
export async function* gzipMembers(
  bytes: Buffer,
  limits: Limits,
  roomBytes: () => number,
): AsyncGenerator<GzipMember | BrokenMember> {
  let at = 0;
  for (let members = 0; isMember(bytes, at);) {
    const data = dataStart(bytes, at);
    if (!data.ok) {
      yield { problem: data.problem, beginsDocument: false };
      return;
    }
    if (EMPTY_MEMBER.equals(bytes.subarray(data.value, data.value + EMPTY_MEMBER.length))) {
      at = data.value + EMPTY_MEMBER.length;
      continue;
    }
    members += 1;
    if (members > limits.gzipMembers) {
      const problem = refused(
        'too-many-entries',
        `It has more than ${limits.gzipMembers} members.`,
      );
      yield { problem, beginsDocument: false };
      return;
    }
    const member = await readMember(bytes, data.value, limits, roomBytes());
    if (!member.ok) {
      const start = peekInflated(bytes.subarray(data.value));
      yield { problem: member.problem, beginsDocument: beginsDocument(start) };
      return;
    }
    at = member.value.end;
    const hasTrailingBytes = !isMember(bytes, at) && bytes.subarray(at).some((byte) => byte !== 0);
    yield { ...member.value.member, hasTrailingBytes };
  }
}

const beginsDocument = (start: Buffer): boolean =>
  DOCUMENT_START.test(start.subarray(0, 1024).toString('latin1'));

const isMember = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 0x1f && bytes[at + 1] === 0x8b;

async function readMember(bytes: Buffer, data: number, limits: Limits, roomBytes: number) {
  const packed = bytes.subarray(data);
  const inflated = await inflate(packed, {
    atOnceBytes: limits.inflatedAtOnceBytes,
    mostBytes: roomBytes,
    hintBytes: bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4),
  });
  if (!inflated.ok) return inflated;
  const { whole, inflatedBytes, packedBytes, crc32 } = inflated.value;
  if (packed.length < packedBytes + TRAILER_BYTES) {
    return bad(refused('truncated', 'The gzip file ends before its checksum.'));
  }
  if (packed.readUInt32LE(packedBytes) !== crc32) {
    return bad(refused('checksum', 'The content differs from its checksum.'));
  }
  if (packed.readUInt32LE(packedBytes + 4) !== inflatedBytes % 2 ** 32) {
    return bad(refused('size-mismatch', 'The content is not as long as it says.'));
  }
  const stream = packed.subarray(0, packedBytes);
  const start = whole ?? peekInflated(stream);
  const member = { stream, inflatedBytes, whole, beginsDocument: beginsDocument(start) };
  return ok({ member, end: data + packedBytes + TRAILER_BYTES });
}

/** Where the deflate stream begins, behind the header. */
export function dataStart(bytes: Buffer, at: number): Result<number, Problem> {
  const isCut = bad(refused('truncated', 'The gzip file ends in its header.'));
  const flags = bytes[at + 3];
  if (flags === undefined || bytes.length < at + FIXED_HEADER_BYTES) return isCut;
  if (bytes[at + 2] !== DEFLATE || (flags & FLAG.reserved) !== 0) {
    return bad(refused('unsupported-method', 'The gzip file is not packed by deflate.'));
  }
  let place = at + FIXED_HEADER_BYTES;
  if (flags & FLAG.extra) {
    if (bytes.length < place + 2) return isCut;
    place += 2 + bytes.readUInt16LE(place);
  }
  for (const text of [FLAG.name, FLAG.comment]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, place);
    if (end < 0) return isCut;
    place = end + 1;
  }
  if (flags & FLAG.headerCrc) place += 2;
  return place < bytes.length ? ok(place) : isCut;
}
