import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';

/** What the end of a zip archive says, read before anything is listed (APPNOTE 4.3.14 to 4.3.16). */
export interface ZipEnd {
  entries: number;
  /** Where the archive ends, without its comment. */
  end: number;
}

const END_SIGN = Buffer.from('PK\u0005\u0006', 'latin1');
const END_BYTES = 22;
const MOST_COMMENT_BYTES = 65_535;
const LOCATOR_SIGN = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64_SIGN = 0x06064b50;
const END64_BYTES = 56;
const IN_ZIP64 = 0xffff;

export function readZipEnd(bytes: Buffer): Result<ZipEnd, Problem> {
  const at = findEnd(bytes);
  if (at === null) return bad(refused('truncated', 'The zip archive has no end.'));
  const entries = Math.max(bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10));
  const end = at + END_BYTES;
  return ok({ entries: entries === IN_ZIP64 ? entriesOf64(bytes, at) : entries, end });
}

/** Whether bytes that begin otherwise end like a zip archive: a program that unpacks itself does. */
export function endsLikeZip(bytes: Buffer): boolean {
  const at = findEnd(bytes);
  return at !== null && at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length;
}

/** The last end record whose comment fits into what follows it. */
function findEnd(bytes: Buffer): number | null {
  const first = Math.max(0, bytes.length - END_BYTES - MOST_COMMENT_BYTES);
  let at = bytes.length - END_BYTES;
  while (at >= first) {
    at = bytes.lastIndexOf(END_SIGN, at);
    if (at < first) return null;
    if (at + END_BYTES + bytes.readUInt16LE(at + 20) <= bytes.length) return at;
    at -= 1;
  }
  return null;
}

function entriesOf64(bytes: Buffer, endAt: number): number {
  const locator = endAt - LOCATOR_BYTES;
  if (locator < 0 || bytes.readUInt32LE(locator) !== LOCATOR_SIGN) return IN_ZIP64;
  const at = Number(bytes.readBigUInt64LE(locator + 8));
  if (at + END64_BYTES > locator || bytes.readUInt32LE(at) !== END64_SIGN) return IN_ZIP64;
  return Number(bytes.readBigUInt64LE(at + 32));
}
