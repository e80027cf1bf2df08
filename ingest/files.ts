import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { splitMbox } from './mbox.ts';
import { looksLikeMail } from './mail-or-document.ts';

/**
 * What lies at the paths that a user names: report files, mails, folders, Maildirs, mboxes and tars.
 * Links to folders are not followed, so that no walk goes round in a circle.
 */
export interface FoundFile {
  /** As shown to people: the path as given, and '!member' for what lies inside. */
  file: string;
  /** 0, or its place in an mbox. */
  ordinal: number;
  kind: 'mail' | 'document' | 'unreadable' | 'oversized';
  bytes: Buffer;
  /** Why it could not be read, in the system's words; '' otherwise. */
  detail: string;
}

/** Every regular file under the paths, in the order of their names, with nothing opened yet. */
export async function* walkPaths(paths: readonly string[]): AsyncGenerator<string> {
  for (const start of paths) {
    const entry = await stat(start).catch(() => null);
    if (entry?.isDirectory()) yield* walkFolder(start);
    else yield start;
  }
}

async function* walkFolder(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.map((entry) => entry.name);
  // A Maildir's tmp holds mails that are still being delivered.
  const isMaildir = names.includes('cur') && names.includes('new');
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory() && !(isMaildir && entry.name === 'tmp')) yield* walkFolder(full);
    else if (entry.isFile()) yield full;
  }
}

/** Opens one file and gives what is in it: itself, or the mails of an mbox, or the members of a tar. */
export async function* readFound(file: string, maxBytes: number): AsyncGenerator<FoundFile> {
  let start: Buffer;
  let sizeBytes: number;
  try {
    [start, sizeBytes] = readStart(file);
  } catch (error) {
    yield found(file, 'unreadable', Buffer.alloc(0), (error as Error).message);
    return;
  }
  if (isTar(start) || /\.(tgz|tar\.gz)$/i.test(file)) yield* readTar(file, maxBytes);
  else if (start.subarray(0, 5).equals(MBOX_START)) yield* readMbox(file, maxBytes);
  else if (sizeBytes > maxBytes) {
    yield found(file, 'oversized', Buffer.alloc(0), `${sizeBytes} bytes`);
  } else {
    const bytes = await readWhole(file, sizeBytes, start);
    yield found(file, looksLikeMail(bytes) ? 'mail' : 'document', bytes);
  }
}

const MBOX_START = Buffer.from('From ');
const START_BYTES = 64 * 1024;

const found = (file: string, kind: FoundFile['kind'], bytes: Buffer, detail = ''): FoundFile => ({
  file,
  ordinal: 0,
  kind,
  bytes,
  detail,
});

/** What is read into; its content is copied out. */
const scratch = Buffer.allocUnsafeSlow(START_BYTES);

/** In one go and synchronously: reading a small file is quicker than waiting for it. */
function readStart(file: string): [Buffer, number] {
  const handle = openSync(file, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < START_BYTES; length += read) {
      read = readSync(handle, scratch, length, START_BYTES - length, null);
    }
    // Its end was met, unless there was no more room.
    const sizeBytes = length < START_BYTES ? length : fstatSync(handle).size;
    return [Buffer.from(scratch.subarray(0, length)), sizeBytes];
  } finally {
    closeSync(handle);
  }
}

async function readWhole(file: string, sizeBytes: number, start: Buffer): Promise<Buffer> {
  if (start.length === sizeBytes) return start;
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const isTar = (start: Buffer): boolean => start.subarray(257, 262).toString('latin1') === 'ustar';

async function* readMbox(file: string, maxBytes: number): AsyncGenerator<FoundFile> {
  let ordinal = 0;
  for await (const mail of splitMbox(createReadStream(file), maxBytes)) {
    const whole = mail.bytes !== null;
    yield {
      ...found(file, whole ? 'mail' : 'oversized', mail.bytes ?? Buffer.alloc(0)),
      ordinal: ordinal++,
      detail: whole ? '' : `${mail.sizeBytes} bytes`,
    };
  }
}

async function* readTar(file: string, maxBytes: number): AsyncGenerator<FoundFile> {
  const { extract } = await import('tar-stream');
  const entries = extract();
  const input = createReadStream(file);
  const packed = /gz$/i.test(file);
  const source = packed ? input.pipe(createGunzip()) : input;
  for (const stream of [input, source]) {
    stream.on('error', (error: Error) => entries.destroy(error));
  }
  source.pipe(entries);
  try {
    for await (const entry of entries) {
      const name = `${file}!${entry.header.name}`;
      const { size } = entry.header;
      const tooLarge = size > maxBytes;
      const chunks: Buffer[] = [];
      for await (const chunk of entry) if (!tooLarge) chunks.push(chunk as Buffer);
      if (entry.header.type !== 'file') continue;
      const bytes = Buffer.concat(chunks);
      if (tooLarge) yield found(name, 'oversized', bytes, `${size} bytes`);
      else yield found(name, looksLikeMail(bytes) ? 'mail' : 'document', bytes);
    }
  } catch (error) {
    yield found(file, 'unreadable', Buffer.alloc(0), (error as Error).message);
  }
}
