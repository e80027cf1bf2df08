import { isUtf8 } from 'node:buffer';
import AdmZip from 'adm-zip';
import type { Limits } from './limits.ts';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';
import { readZipEnd } from './zip-end.ts';

/** One file of a zip archive, still packed. */
export interface ZipEntry {
  /** As sent; never a path. */
  name: string;
  method: 'stored' | 'deflated';
  packed: Buffer;
  /** What the archive says of its content. */
  size: number;
  crc32: number;
}

/** A file that cannot be read, while others of its archive can. */
export interface UnreadableEntry {
  name: string;
  problem: Problem;
}

const ENCRYPTED_FLAG = 1;
const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_BYTES = 30;

/**
 * The files of a zip archive in the order of its directory, without folders and what macOS adds. The
 * end record is looked at first: adm-zip lists, and is never asked to unpack.
 */
export function readZip(
  bytes: Buffer,
  limits: Limits,
): Result<(ZipEntry | UnreadableEntry)[], Problem> {
  const end = readZipEnd(bytes);
  if (!end.ok) return end;
  if (end.value.entries > limits.zipEntries) return bad(tooMany(limits));
  let listed: AdmZip.IZipEntry[];
  try {
    const zip = new AdmZip(bytes.subarray(0, end.value.end), listingOptions());
    if (zip.getEntryCount() > limits.zipEntries) return bad(tooMany(limits));
    listed = zip.getEntries();
  } catch {
    return bad(refused('zip-structure', 'The directory of the zip archive cannot be read.'));
  }
  if (overlap(listed)) {
    return bad(refused('overlap', 'Files of the zip archive share the same bytes.'));
  }
  return ok(listed.filter(isReportFile).map((entry) => readEntry(entry, bytes)));
}

const tooMany = ({ zipEntries }: Limits): Problem =>
  refused('too-many-entries', `It has more than ${zipEntries} files.`);

/**
 * To adm-zip every file has a name of its own and no folder: it refuses two of one name, and makes up
 * folders from the slashes in them.
 */
function listingOptions() {
  const names = new Map<Buffer, string>();
  const decode = (raw: Buffer): string => {
    const name = names.get(raw) ?? String(names.size);
    names.set(raw, name);
    return name;
  };
  return {
    noSort: true,
    decoder: { efs: true, encode: (name: string) => Buffer.from(name), decode },
  };
}

/** Whether the local header or the data of one file lies in another's. */
function overlap(entries: readonly AdmZip.IZipEntry[]): boolean {
  const places = entries
    .map(({ header, rawEntryName }) => ({
      start: header.offset,
      end: header.offset + LOCAL_HEADER_BYTES + rawEntryName.length + header.compressedSize,
    }))
    .sort((a, b) => a.start - b.start);
  return places.some(({ start }, index) => index > 0 && start < (places[index - 1]?.end ?? 0));
}

function isReportFile(entry: AdmZip.IZipEntry): boolean {
  const name = nameOf(entry.rawEntryName);
  return !entry.isDirectory && !/^__MACOSX[/\\]/.test(name);
}

/** UTF-8 where it is that; else a character a byte, whatever code page it was. */
const nameOf = (raw: Buffer): string => raw.toString(isUtf8(raw) ? 'utf8' : 'latin1');

function readEntry(entry: AdmZip.IZipEntry, bytes: Buffer): ZipEntry | UnreadableEntry {
  const { header, rawEntryName } = entry;
  const name = nameOf(rawEntryName);
  const cannot = (problem: Problem): UnreadableEntry => ({ name, problem });
  if (header.flags & ENCRYPTED_FLAG) return cannot(refused('encrypted', 'It is encrypted.'));
  if (header.method !== STORED && header.method !== DEFLATED) {
    return cannot(refused('unsupported-method', `It is packed by method ${header.method}.`));
  }
  let packed: Buffer;
  try {
    packed = entry.getCompressedData();
  } catch {
    return cannot(refused('zip-structure', 'Its data does not lie where the directory says.'));
  }
  if (differsFromLocal(entry, bytes)) {
    return cannot(refused('inconsistent', 'Its own header and the directory differ.'));
  }
  const method = header.method === STORED ? 'stored' : 'deflated';
  return { name, method, packed, size: header.size, crc32: header.crc };
}

/** The header beside the data must name the same file, packed alike. */
function differsFromLocal({ header, rawEntryName }: AdmZip.IZipEntry, bytes: Buffer): boolean {
  const nameAt = header.offset + LOCAL_HEADER_BYTES;
  const nameEnd = nameAt + bytes.readUInt16LE(header.offset + 26);
  return (
    bytes.readUInt16LE(header.offset + 8) !== header.method ||
    !rawEntryName.equals(bytes.subarray(nameAt, nameEnd))
  );
}
