import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;
const PAGE_BYTES = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

type Sum = readonly [number, number];
type ReadNumber = (bytes: Buffer, at: number) => number;

interface Log {
  descriptor: number;
  pageBytes: number;
  salts: Sum;
  sum: Sum;
  /** Checksums are over numbers of the byte order of the machine that began the log. */
  read: ReadNumber;
}

interface Frame {
  page: number;
  endsTransaction: boolean;
  salts: Sum;
  /** As it stands in the frame. */
  sum: Sum;
  /** Over what is before it and itself. */
  sumFrom: (before: Sum) => Sum;
  content: Buffer;
}

/**
 * Whether the write-ahead log beside a database lost transactions that it once held. SQLite stops at the
 * first frame whose checksum is wrong, without a word, as that is how a transaction looks that a power
 * cut broke off. But nothing follows such a one: where a whole transaction follows, or what follows was
 * already copied to the database, the log was damaged later, and to go on without its end would lose
 * what was stored, or mix old pages with new ones. https://www.sqlite.org/fileformat2.html#walformat
 */
export function isLogDamaged(database: string): boolean {
  const file = `${database}-wal`;
  if (!existsSync(file)) return false;
  const descriptor = openSync(file, 'r');
  try {
    const log = readHeader(descriptor);
    if (log === 'empty') return false;
    return log === 'damaged' || isDamagedAfter(log, firstBadFrame(log), database);
  } finally {
    closeSync(descriptor);
  }
}

function readHeader(descriptor: number): Log | 'empty' | 'damaged' {
  const header = Buffer.alloc(HEADER_BYTES);
  const bytes = readSync(descriptor, header, 0, HEADER_BYTES, 0);
  if (bytes < HEADER_BYTES || header.every((byte) => byte === 0)) return 'empty';
  const magic = header.readUInt32BE(0);
  const read: ReadNumber =
    magic === MAGIC ? (from, at) => from.readUInt32LE(at) : (from, at) => from.readUInt32BE(at);
  const pageBytes = header.readUInt32BE(8);
  const sum = pairAt(header, 24);
  const isRight = isSame(sumOver(header.subarray(0, 24), [0, 0], read), sum);
  if ((magic & ~1) !== MAGIC || !PAGE_BYTES.includes(pageBytes) || !isRight) return 'damaged';
  return { descriptor, pageBytes, salts: pairAt(header, 16), sum, read };
}

const pairAt = (bytes: Buffer, at: number): Sum => [
  bytes.readUInt32BE(at),
  bytes.readUInt32BE(at + 4),
];

const isSame = (a: Sum, b: Sum): boolean => a[0] === b[0] && a[1] === b[1];

function sumOver(bytes: Buffer, [first, second]: Sum, read: ReadNumber): Sum {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + read(bytes, at) + b) >>> 0;
    b = (b + read(bytes, at + 4) + a) >>> 0;
  }
  return [a, b];
}

/** Null at the end of the file. */
function readFrame({ descriptor, pageBytes, read }: Log, index: number): Frame | null {
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES + pageBytes);
  const count = readSync(descriptor, bytes, 0, bytes.length, HEADER_BYTES + index * bytes.length);
  if (count < bytes.length) return null;
  const content = bytes.subarray(FRAME_HEADER_BYTES);
  return {
    page: bytes.readUInt32BE(0),
    endsTransaction: bytes.readUInt32BE(4) !== 0,
    salts: pairAt(bytes, 8),
    sum: pairAt(bytes, 16),
    sumFrom: (before) => sumOver(content, sumOver(bytes.subarray(0, 8), before, read), read),
    content,
  };
}

const follows = (log: Log, before: Sum, frame: Frame): boolean =>
  isSame(frame.salts, log.salts) && isSame(frame.sumFrom(before), frame.sum);

function firstBadFrame(log: Log): number {
  let before = log.sum;
  for (let index = 0; ; index += 1) {
    const frame = readFrame(log, index);
    if (frame === null || !follows(log, before, frame)) return index;
    before = frame.sum;
  }
}

/** Frames of an older turn of the log, which may stand behind its end, have other salts. */
function isDamagedAfter(log: Log, bad: number, database: string): boolean {
  let before = readFrame(log, bad);
  let isPastTransaction = before?.endsTransaction === true && isSame(before.salts, log.salts);
  for (let index = bad + 1; before !== null; index += 1) {
    const frame = readFrame(log, index);
    if (frame !== null && follows(log, before.sum, frame)) {
      if (isPastTransaction || isCopied(log, frame, database)) return true;
      isPastTransaction = frame.endsTransaction;
    }
    before = frame;
  }
  return false;
}

function isCopied({ pageBytes }: Log, { page, content }: Frame, database: string): boolean {
  const descriptor = openSync(database, 'r');
  try {
    const stored = Buffer.alloc(pageBytes);
    readSync(descriptor, stored, 0, pageBytes, (page - 1) * pageBytes);
    return stored.equals(content);
  } finally {
    closeSync(descriptor);
  }
}
