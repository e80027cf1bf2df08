import { existsSync } from 'node:fs';
import path from 'node:path';
import { endOf } from '../command-end.ts';
import { ensureDataDir, own } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { checkStore } from '../open-ingest.ts';
import type { ProgramFiles } from '../program-files.ts';
import { backUpStore } from '../store/backup.ts';
import { openSettings } from '../store/open.ts';
import { StoreProblem } from '../store/store-problem.ts';
import { storeFiles } from '../store/store-files.ts';
import { print } from './open-domain.ts';

export interface KeepOptions {
  force?: boolean;
  json?: boolean;
}

interface BackupContext {
  files: ProgramFiles;
  dataDir: string;
  nowSeconds: () => number;
}

/** `ruadmap backup FILE`: the store as it stands at one commit, whoever writes meanwhile. */
export async function backupCommand(
  { files, dataDir: wanted, nowSeconds }: BackupContext,
  file: string,
  { force = false, json = false }: KeepOptions,
): Promise<void> {
  const target = path.resolve(file);
  if (existsSync(target) && !force) {
    throw new CommandEnd(
      exitStatus.usage,
      `${target} is there already. Name another file, or overwrite it with --force.`,
    );
  }
  const dataDir = ensureDataDir(wanted);
  const { database } = storeFiles(dataDir);
  if ([database, `${database}-wal`, `${database}-shm`].includes(target)) {
    throw new CommandEnd(exitStatus.usage, `${target} is the database itself. Name another file.`);
  }
  bringUpToDate(files, dataDir);
  const options = { dataDir, migrationsDir: files.migrationsDir, target, overwrite: force };
  const facts = await backUpStore(options).catch((error: unknown) => {
    throw endOf(error);
  });
  await noteBackup(dataDir, target, facts, nowSeconds());
  print(json, { file: target, ...facts }, () => [
    `${target}: ${facts.reports} reports with ${facts.messages} messages, ${facts.bytes} bytes, checked.`,
    '  The key that opens stored mailbox passwords is not in it. Keep secret.key apart from the backup,',
    '  or enter the passwords again after restoring.',
  ]);
}

/** The backup is made, whether it can be noted or not. */
async function noteBackup(
  dataDir: string,
  file: string,
  { reports, bytes }: { reports: number; bytes: number },
  endedSeconds: number,
): Promise<void> {
  try {
    const settings = openSettings({ dataDir });
    await settings
      .saveUpkeep({ kind: 'backup', endedSeconds, file, reports, bytes })
      .finally(() => settings.close());
  } catch (error) {
    if (!(error instanceof StoreProblem)) throw error;
  }
}

/** With an owner, the store is the owner's to bring up to date. */
function bringUpToDate(files: ProgramFiles, dataDir: string): void {
  const { lock } = own(dataDir);
  if (lock === null) return;
  try {
    checkStore(files, dataDir);
  } finally {
    lock.release();
  }
}
