import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Waits until what was written to a file, or the names in a directory, would survive a power cut. */
export function syncToDisk(fileOrDirectory: string): void {
  const descriptor = openSync(fileOrDirectory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a finished file its name: after a crash there is the old one or the new one, never a part. */
export function renameDurably(from: string, to: string): void {
  syncToDisk(from);
  renameSync(from, to);
  syncToDisk(path.dirname(to));
}
