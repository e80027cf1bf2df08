import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

export interface StoreFiles {
  dataDir: string;
  database: string;
  /** Tells a first run from a database that was deleted or emptied. */
  marker: string;
}

const MARKER_TEXT =
  'A Ruadmap database was made in this folder. If ruadmap.db is gone or empty, restore a backup;\n' +
  'only remove this file to begin again with an empty database.\n';

export function storeFiles(dataDir: string): StoreFiles {
  return {
    dataDir,
    database: path.join(dataDir, 'ruadmap.db'),
    marker: path.join(dataDir, 'ruadmap.created'),
  };
}

export type FileState = 'first-run' | 'present' | 'missing';

export function fileState(files: StoreFiles): FileState {
  const bytes = existsSync(files.database) ? statSync(files.database).size : 0;
  if (bytes > 0) return 'present';
  return existsSync(files.marker) ? 'missing' : 'first-run';
}

/** An empty file that only its owner can read; SQLite gives its companions the same mode. */
export function createDatabaseFile(files: StoreFiles): void {
  mkdirSync(files.dataDir, { recursive: true, mode: 0o700 });
  closeSync(openSync(files.database, 'a', 0o600));
  chmodSync(files.database, 0o600);
}

/** Says durably that there is a database from now on. */
export function writeMarker(files: StoreFiles): void {
  if (existsSync(files.marker)) return;
  const marker = openSync(files.marker, 'w', 0o600);
  writeSync(marker, MARKER_TEXT);
  fsyncSync(marker);
  closeSync(marker);
  const directory = openSync(files.dataDir, 'r');
  fsyncSync(directory);
  closeSync(directory);
}
