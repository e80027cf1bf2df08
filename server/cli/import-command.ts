import { existsSync } from 'node:fs';
import path from 'node:path';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { importPaths } from '../import-files.ts';
import { type JobContext, runJob } from './run-job.ts';

/** `ruadmap import PATH…`: files, folders, Maildirs, mboxes, zips and tars. */
export async function importCommand(
  context: JobContext,
  paths: readonly string[],
  nowSeconds: () => number,
): Promise<void> {
  const missing = paths.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new CommandEnd(
      exitStatus.usage,
      `There is no such file or folder: ${missing.join(', ')}`,
    );
  }
  const absolute = paths.map((file) => path.resolve(file));
  await runJob(
    context,
    { kind: 'import', paths: absolute, name: null },
    async (ingest, onProgress) => ({
      counts: await importPaths({ ...ingest, nowSeconds }, absolute, onProgress),
      failures: [],
    }),
  );
}
