import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What belongs to the program itself, found from its root folder. */
export interface ProgramFiles {
  version: string;
  migrationsDir: string;
  webDir: string;
  asDataFile: string;
  ingestEntry: string;
}

/** `root` is the folder of package.json; the compiled program stands in its dist. */
export function programFiles(root: string): ProgramFiles {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    version,
    migrationsDir: path.join(root, 'migrations'),
    webDir: path.join(root, 'dist/web'),
    asDataFile: path.join(root, 'dist/as-data.bin'),
    ingestEntry: path.join(root, 'dist/server/ingest-process.js'),
  };
}
