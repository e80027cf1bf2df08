import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What belongs to the program itself, found from its root folder. */
export interface ProgramFiles {
  version: string;
  migrationsDir: string;
  webDir: string;
  asDataFile: string;
  commandEntry: string;
  ingestEntry: string;
  trialEntry: string;
  /** When the program was built, Unix time; null where that is not on file. */
  builtSeconds: number | null;
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
    commandEntry: path.join(root, 'dist/server/main.js'),
    ingestEntry: path.join(root, 'dist/server/ingest-process.js'),
    trialEntry: path.join(root, 'dist/server/reading-trial-process.js'),
    builtSeconds: builtSeconds(path.join(root, 'dist/built.json')),
  };
}

function builtSeconds(file: string): number | null {
  if (!existsSync(file)) return null;
  const built = JSON.parse(readFileSync(file, 'utf8')) as { builtSeconds: number };
  return built.builtSeconds;
}
