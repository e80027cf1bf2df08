/** How bytes are packed, told by the first of them; names and labels are often wrong. */
export type Packing = 'gzip' | 'zip' | 'zlib' | 'none';

export function packingOf(bytes: Buffer): Packing {
  const [first, second, third] = bytes;
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x50 && second === 0x4b && isZipMark(third, bytes[3])) return 'zip';
  if (first === 0x78 && second !== undefined && isZlibHeader(second)) return 'zlib';
  return 'none';
}

/** A local header, the end of an empty archive, or the mark of a split one (APPNOTE 4.3). */
const isZipMark = (third: number | undefined, fourth: number | undefined): boolean =>
  (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);

/** RFC 1950, section 2.2: no dictionary, and the check bits are right. "x^" is text that looks so. */
const isZlibHeader = (flags: number): boolean =>
  (0x7800 + flags) % 31 === 0 && (flags & 0x20) === 0 && flags !== 0x5e;

const SIGNS: readonly (readonly [sign: string, name: string])[] = [
  ['\u00fd7zXZ\u0000', 'xz'],
  ['7z\u00bc\u00af\u0027\u001c', '7z'],
  ['Rar!\u001a\u0007', 'rar'],
  ['BZh', 'bzip2'],
  ['\u0028\u00b5\u002f\u00fd', 'zstd'],
  ['\u001f\u009d', 'compress'],
  ['LZIP', 'lzip'],
  ['MSCF', 'a cabinet'],
  ['\u0078\u009f\u003e\u0022', 'winmail.dat'],
  // A DER sequence, of a length that is not said or takes two or three bytes (RFC 5652).
  ['0\u0080', 'S/MIME'],
  ['0\u0082', 'S/MIME'],
  ['0\u0083', 'S/MIME'],
];
const TAR_SIGN = { sign: 'ustar', at: 257 };

/** Names the packing of bytes (as Latin-1) that is not read here; null where there is no sign of one. */
export function containerSigns(start: string): string | null {
  const found = SIGNS.find(([sign]) => start.startsWith(sign));
  if (found !== undefined) return found[1];
  return start.startsWith(TAR_SIGN.sign, TAR_SIGN.at) ? 'tar' : null;
}
