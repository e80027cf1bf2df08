import { isUtf8 } from 'node:buffer';

/** The one file of a zip archive. */
export interface PlainEntry {
  name: string;
  packed: Buffer;
  size: number;
  crc32: number;
}

/** How every sign begins: one in a name or an extra field could be taken for that of another record. */
const SIGN_START = 'PK';
const LOCAL_SIGN = 0x04034b50;
const DIRECTORY_SIGN = 0x02014b50;
const END_SIGN = 0x06054b50;
const LOCAL_BYTES = 30;
const DIRECTORY_BYTES = 46;
const END_BYTES = 22;
const DEFLATED = 8;
/** Bits of flags that change nothing here: how hard it was packed, sizes behind the data, UTF-8 names. */
const HARMLESS_FLAGS = 0x0002 | 0x0004 | 0x0008 | 0x0800;
/** A larger size or place stands in a zip64 field. */
const IN_ZIP64 = 0xffffffff;

/**
 * The file in a zip archive of the plainest kind: one deflated file from the first byte on, its
 * directory entry, and the end without a comment (APPNOTE 4.3.7, 4.3.12, 4.3.16).
 * @returns null where anything is otherwise, or where its two headers differ.
 */
export function plainEntry(bytes: Buffer): PlainEntry | null {
  const end = bytes.length - END_BYTES;
  if (end < LOCAL_BYTES + DIRECTORY_BYTES || !isPlainEnd(bytes, end)) return null;
  const directory = bytes.readUInt32LE(end + 16);
  const directoryBytes = bytes.readUInt32LE(end + 12);
  if (directory + directoryBytes !== end || directoryBytes < DIRECTORY_BYTES) return null;
  return readEntry(bytes, directory, directoryBytes);
}

/** One disk, one entry, no comment. */
const isPlainEnd = (bytes: Buffer, end: number): boolean =>
  bytes.readUInt32LE(end) === END_SIGN &&
  bytes.readUInt32LE(end + 4) === 0 &&
  bytes.readUInt16LE(end + 8) === 1 &&
  bytes.readUInt16LE(end + 10) === 1 &&
  bytes.readUInt16LE(end + 20) === 0;

function readEntry(bytes: Buffer, at: number, length: number): PlainEntry | null {
  const nameBytes = bytes.readUInt16LE(at + 28);
  const extraBytes = bytes.readUInt16LE(at + 30);
  const packedBytes = bytes.readUInt32LE(at + 20);
  const size = bytes.readUInt32LE(at + 24);
  const isPlain =
    bytes.readUInt32LE(at) === DIRECTORY_SIGN &&
    bytes.readUInt32LE(at + 42) === 0 &&
    DIRECTORY_BYTES + nameBytes + extraBytes === length &&
    !bytes.subarray(at + DIRECTORY_BYTES, at + length).includes(SIGN_START) &&
    packedBytes !== IN_ZIP64 &&
    size !== IN_ZIP64 &&
    hasPlainMethod(bytes, at + 8);
  const name = bytes.subarray(at + DIRECTORY_BYTES, at + DIRECTORY_BYTES + nameBytes);
  if (!isPlain || !isSameLocally(bytes, name) || !isFileName(name)) return null;
  const start = LOCAL_BYTES + nameBytes + bytes.readUInt16LE(28);
  if (start + packedBytes > at) return null;
  const packed = bytes.subarray(start, start + packedBytes);
  return { name: textOf(name), packed, size, crc32: bytes.readUInt32LE(at + 16) };
}

/** @param at where flags and method stand. */
const hasPlainMethod = (bytes: Buffer, at: number): boolean =>
  (bytes.readUInt16LE(at) & ~HARMLESS_FLAGS) === 0 && bytes.readUInt16LE(at + 2) === DEFLATED;

function isSameLocally(bytes: Buffer, name: Buffer): boolean {
  return (
    bytes.readUInt32LE(0) === LOCAL_SIGN &&
    hasPlainMethod(bytes, 6) &&
    name.equals(bytes.subarray(LOCAL_BYTES, LOCAL_BYTES + bytes.readUInt16LE(26)))
  );
}

/** No folder, and nothing of what macOS adds. */
function isFileName(name: Buffer): boolean {
  const text = name.toString('latin1');
  return text !== '' && !/[/\\]$/.test(text) && !text.startsWith('__MACOSX');
}

/** UTF-8 where it is that; else a character a byte. */
const textOf = (name: Buffer): string => name.toString(isUtf8(name) ? 'utf8' : 'latin1');
