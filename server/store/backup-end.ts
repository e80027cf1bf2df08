import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs';

/**
 * The last line of a backup: a SHA-256 of all before it, as SQLite checks the structure of its pages and
 * not the bytes in them. SQLite leaves alone what stands behind the last page that its header counts.
 */
const START = 'ruadmap-backup sha256 ';
const LINE_BYTES = START.length + 64 + 1;
const CHUNK_BYTES = 1024 * 1024;

/** Writes the last line behind a finished copy. */
export function endBackup(file: string): void {
  appendFileSync(file, `${START}${sha256Of(file, sizeOf(file))}\n`);
}

/**
 * Takes the last line off a copy of a backup.
 * @returns `absent` where there is none: a backup of an earlier version, or a database as it was copied.
 */
export function takeBackupEnd(file: string): 'sound' | 'damaged' | 'absent' {
  const content = Math.max(0, sizeOf(file) - LINE_BYTES);
  const line = readAt(file, content, LINE_BYTES);
  if (!line.startsWith(START)) return 'absent';
  if (line !== `${START}${sha256Of(file, content)}\n`) return 'damaged';
  truncateSync(file, content);
  return 'sound';
}

const withFile = <T>(file: string, work: (descriptor: number) => T): T => {
  const descriptor = openSync(file, 'r');
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const sizeOf = (file: string): number => withFile(file, (descriptor) => fstatSync(descriptor).size);

const readAt = (file: string, position: number, bytes: number): string =>
  withFile(file, (descriptor) => {
    const text = Buffer.alloc(bytes);
    return text.toString('latin1', 0, readSync(descriptor, text, 0, bytes, position));
  });

const sha256Of = (file: string, bytes: number): string =>
  withFile(file, (descriptor) => {
    const hash = createHash('sha256');
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, Math.max(1, bytes)));
    for (let at = 0; at < bytes;) {
      const read = readSync(descriptor, chunk, 0, Math.min(chunk.length, bytes - at), at);
      if (read === 0) break;
      hash.update(chunk.subarray(0, read));
      at += read;
    }
    return hash.digest('hex');
  });
