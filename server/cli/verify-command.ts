import { defaultLimits } from '../../ingest/limits.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { createNaming } from '../analysis/naming.ts';
import { openAsData } from '../as-data.ts';
import { CommandEnd, type ExitStatus, exitStatus } from '../exit-status.ts';
import type { ProgramFiles } from '../program-files.ts';
import { type Verification, verifyStore } from '../repair/verify.ts';
import { openStoreCheck } from '../store/check/store-check.ts';
import { examineStoreFile } from '../store/examine.ts';
import { openSettings } from '../store/open.ts';
import { StoreProblem } from '../store/store-problem.ts';
import { fileState, storeFiles } from '../store/store-files.ts';
import { print } from './open-domain.ts';
import { endOf } from '../command-end.ts';

export interface RepairContext {
  files: ProgramFiles;
  dataDir: string;
  nowSeconds: () => number;
  json: boolean;
}

/**
 * `ruadmap verify`: the whole store, while Ruadmap runs or not. Nothing is changed but the note of when
 * that was, and what it found.
 * @returns 0 where all is as it must be, 65 where anything differs
 * @throws CommandEnd 65 where the file is damaged, 78 where there is none or it is of an older version
 */
export async function verifyCommand({
  files,
  dataDir,
  nowSeconds,
  json,
}: RepairContext): Promise<ExitStatus> {
  checkFile(files, dataDir);
  const check = openStoreCheck(dataDir, createNaming(openAsData(files.asDataFile)));
  try {
    const reader = createDocumentReader(defaultLimits);
    const found = await verifyStore(check, reader).catch((error: unknown) => {
      throw endOf(error);
    });
    await noteVerified(dataDir, found, nowSeconds());
    print(json, { ok: found.findings.length === 0, ...found }, () => lines(found));
    return found.findings.length === 0 ? exitStatus.ok : exitStatus.storeRefused;
  } finally {
    check.close();
  }
}

/** A store that cannot be written, or is in use all the time, is verified all the same; that is told. */
async function noteVerified(
  dataDir: string,
  { reports, withoutBytes, findings }: Verification,
  endedSeconds: number,
): Promise<void> {
  try {
    const settings = openSettings({ dataDir });
    try {
      const found = findings.map(({ what, count, advice }) => ({ what, count, advice }));
      const verified = { kind: 'verify', endedSeconds, reports, withoutBytes } as const;
      await settings.saveUpkeep({ ...verified, findings: found });
    } finally {
      await settings.close();
    }
  } catch (error) {
    if (!(error instanceof StoreProblem)) throw error;
    process.stderr.write(
      `ruadmap: Everything was read again, but what was found could not be noted for the page: ${error.message}\n`,
    );
  }
}

function checkFile({ migrationsDir }: ProgramFiles, dataDir: string): void {
  const store = storeFiles(dataDir);
  const state = fileState(store);
  if (state === 'first-run')
    throw new CommandEnd(exitStatus.setUp, `There is no database in ${dataDir}.`);
  if (state === 'missing')
    throw new CommandEnd(
      exitStatus.storeRefused,
      `${store.database} is gone or empty. Restore a backup.`,
    );
  const examined = examineStoreFile(store.database, migrationsDir, 'quick');
  if (!examined.ok) throw new CommandEnd(exitStatus.storeRefused, examined.problem.detail);
  if (examined.value.schemaBehind > 0)
    throw new CommandEnd(
      exitStatus.setUp,
      `${store.database} was made by an older version. Start Ruadmap once, then verify it.`,
    );
}

function lines(found: Verification): string[] {
  const { reports, records, messages, readAgain, withoutBytes, forgotten, findings } = found;
  const lines = [
    `${reports} reports with ${records} records and ${messages} messages.`,
    `  ${readAgain} were read again from their kept bytes${withoutBytes === 0 ? '' : `; of ${withoutBytes} no bytes are kept any more`}.`,
    ...(forgotten === 0
      ? []
      : [`  ${forgotten} more were forgotten, as asked, and are in no sum.`]),
  ];
  if (findings.length === 0) lines.push('  Everything is as it was read, to the unit.');
  for (const { what, count, examples, advice } of findings) {
    lines.push(`${count} × ${what}`, ...examples.map((example) => `  ${example}`), `  ${advice}`);
  }
  return lines;
}
