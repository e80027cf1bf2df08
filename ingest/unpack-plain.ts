import type { Limits } from './limits.ts';
import { dataStart } from './gzip.ts';
import { type Inflated, inflateAtOnce } from './unpack-inflate.ts';
import { packingOf } from './unpack-kind.ts';
import { isOfficeFile } from './unpack-zip.ts';
import { plainEntry } from './zip-plain.ts';

/** What lies in a packing that holds one document and nothing else. */
export interface PlainContent {
  /** Of the file in a zip archive; null in a gzip file. */
  name: string | null;
  /** Its raw deflate stream. */
  packed: Buffer;
  whole: Buffer;
}

const GZIP_TRAILER_BYTES = 8;

/**
 * The short way through packings as nearly all reports have them: one gzip member, or a zip archive of
 * one deflated file, whole, with the right checksum, small enough to be held, not packed again.
 * @returns null for any other, which is then unpacked step by step. Both give the same.
 */
export function unpackPlain(bytes: Buffer, limits: Limits): PlainContent | null {
  const most = Math.min(limits.inflatedAtOnceBytes, limits.inflatedBytes);
  const packing = packingOf(bytes);
  if (packing !== 'gzip' && packing !== 'zip') return null;
  const found = packing === 'gzip' ? plainGzip(bytes, most) : plainZip(bytes, most);
  return found === null || packingOf(found.whole) !== 'none' ? null : found;
}

function plainGzip(bytes: Buffer, most: number): PlainContent | null {
  const data = dataStart(bytes, 0);
  const trailer = bytes.length - GZIP_TRAILER_BYTES;
  if (!data.ok || trailer <= data.value) return null;
  const packed = bytes.subarray(data.value, trailer);
  const size = bytes.readUInt32LE(trailer + 4);
  const whole = inflatedWhole(packed, size, bytes.readUInt32LE(trailer), most);
  return whole === null ? null : { name: null, packed, whole };
}

function plainZip(bytes: Buffer, most: number): PlainContent | null {
  const entry = isOfficeFile(bytes) ? null : plainEntry(bytes);
  if (entry === null) return null;
  const { name, packed, size, crc32 } = entry;
  const whole = inflatedWhole(packed, size, crc32, most);
  return whole === null ? null : { name, packed, whole };
}

/** The content of one stream that fills its bytes and is what its packing says. */
function inflatedWhole(packed: Buffer, size: number, crc32: number, most: number): Buffer | null {
  if (size === 0 || size > most) return null;
  let inflated: Inflated;
  try {
    inflated = inflateAtOnce(packed, size, size, 'raw');
  } catch {
    return null;
  }
  const { whole, inflatedBytes, packedBytes } = inflated;
  const isWhole =
    inflatedBytes === size && packedBytes === packed.length && inflated.crc32 === crc32;
  return isWhole ? whole : null;
}
