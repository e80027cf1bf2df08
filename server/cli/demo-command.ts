import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FoundFile } from '../../ingest/files.ts';
import { anotherOwner, ensureDataDir, own } from '../data-dir.ts';
import { demoReports } from '../demo/generate.ts';
import { storyDns } from '../demo/story-dns.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { importFound } from '../import-files.ts';
import { openIngest } from '../open-ingest.ts';
import type { ProgramFiles } from '../program-files.ts';
import type { Settings } from '../settings.ts';
import { openSettings } from '../store/open.ts';
import { serveCommand } from './serve-command.ts';

const DAY_SECONDS = 86_400;
/** Says that a folder is the demonstration's own, which program made it, and up to which day it goes. */
const MARKER = 'demo-until';

/** `ruadmap demo`: serves six generated months of mail of one domain that end yesterday. */
export async function demoCommand(
  files: ProgramFiles,
  settings: Settings,
  nowSeconds: () => number,
): Promise<void> {
  const endDay = new Date((nowSeconds() - DAY_SECONDS) * 1000).toISOString().slice(0, 10);
  await prepareDemo(files, settings.dataDir, endDay, nowSeconds);
  await serveCommand({ files, settings, demo: true, nowSeconds });
}

async function prepareDemo(
  files: ProgramFiles,
  wantedDataDir: string,
  endDay: string,
  nowSeconds: () => number,
): Promise<void> {
  const dataDir = ensureDataDir(wantedDataDir);
  const marker = path.join(dataDir, MARKER);
  const isOurs = existsSync(marker);
  if (!isOurs && readdirSync(dataDir).length > 0) {
    throw new CommandEnd(
      exitStatus.setUp,
      `${dataDir} holds something else. Name an empty folder for the demonstration with --data.`,
    );
  }
  const mark = `${endDay} by Ruadmap ${files.version}`;
  if (isOurs && readFileSync(marker, 'utf8') === mark) return;
  const { lock, ownerPid } = own(dataDir);
  if (lock === null) throw anotherOwner(dataDir, ownerPid);
  lock.release();
  // Yesterday's demonstration: it is made again, so that it always ends yesterday.
  rmSync(dataDir, { recursive: true, force: true });
  ensureDataDir(dataDir);
  writeFileSync(marker, '', { mode: 0o600 });
  const ingest = openIngest(files, dataDir);
  // Before the reports, so that their addresses get the right names at once.
  const settings = openSettings({ dataDir });
  for (const snapshot of storyDns(endDay)) await settings.saveDnsSnapshot(snapshot);
  await settings.close();
  await importFound({ ...ingest, nowSeconds }, demoFiles(endDay), null, () => undefined);
  await ingest.writer.close();
  writeFileSync(marker, mark, { mode: 0o600 });
}

function* demoFiles(endDay: string): Iterable<FoundFile> {
  for (const { name, bytes } of demoReports(endDay)) {
    yield { file: name, ordinal: 0, kind: 'document', bytes, detail: '' };
  }
}
