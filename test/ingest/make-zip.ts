import { crc32, deflateRawSync } from 'node:zlib';

/** A file to put into a zip archive, with whatever lies its headers are to tell. */
export interface ZipFile {
  name: string | Buffer;
  content?: Buffer | string;
  method?: number;
  flags?: number;
  /** As the headers say. */
  size?: number;
  crc?: number;
  /** As the file's own header says. */
  localName?: string;
  localMethod?: number;
  /** Where the directory says that its header stands; else where it does. */
  offset?: number;
  /** Bytes as packed, instead of the content. */
  packed?: Buffer;
}

export interface ZipEndLies {
  entries?: number;
  comment?: Buffer;
}

const STORED = 0;
const DEFLATED = 8;

export function makeZip(files: readonly ZipFile[], end: ZipEndLies = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const entry = entryOf(file);
    const local = localHeader(file, entry);
    locals.push(local, entry.packed);
    centrals.push(centralHeader(file, entry, file.offset ?? at));
    at += local.length + entry.packed.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endRecord(files.length, directory.length, at, end)]);
}

interface Entry {
  name: Buffer;
  method: number;
  packed: Buffer;
  size: number;
  crc: number;
}

function entryOf({ name, content = '', method = DEFLATED, size, crc, packed }: ZipFile): Entry {
  const bytes = Buffer.from(content as string);
  return {
    name: Buffer.from(name as string),
    method,
    packed: packed ?? (method === STORED ? bytes : deflateRawSync(bytes)),
    size: size ?? bytes.length,
    crc: crc ?? crc32(bytes),
  };
}

function localHeader({ localName, localMethod, flags = 0 }: ZipFile, entry: Entry): Buffer {
  const name = localName === undefined ? entry.name : Buffer.from(localName);
  const header = Buffer.alloc(30);
  header.write('PK\u0003\u0004', 0, 'latin1');
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(localMethod ?? entry.method, 8);
  header.writeUInt32LE(entry.crc, 14);
  header.writeUInt32LE(entry.packed.length, 18);
  header.writeUInt32LE(entry.size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function centralHeader({ flags = 0 }: ZipFile, entry: Entry, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.write('PK\u0001\u0002', 0, 'latin1');
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(entry.method, 10);
  header.writeUInt32LE(entry.crc, 16);
  header.writeUInt32LE(entry.packed.length, 20);
  header.writeUInt32LE(entry.size, 24);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, entry.name]);
}

function endRecord(count: number, size: number, offset: number, lies: ZipEndLies): Buffer {
  const { entries = count, comment = Buffer.alloc(0) } = lies;
  const header = Buffer.alloc(22);
  header.write('PK\u0005\u0006', 0, 'latin1');
  header.writeUInt16LE(entries, 8);
  header.writeUInt16LE(entries, 10);
  header.writeUInt32LE(size, 12);
  header.writeUInt32LE(offset, 16);
  header.writeUInt16LE(comment.length, 20);
  return Buffer.concat([header, comment]);
}
