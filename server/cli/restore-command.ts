import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureDataDir } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { ProgramFiles } from '../program-files.ts';
import { keyPath, readKey, unseal } from '../secrets.ts';
import { openReader } from '../store/open.ts';
import { restoreStore } from '../store/restore.ts';
import { fileState, storeFiles } from '../store/store-files.ts';
import type { KeepOptions } from './backup-command.ts';
import { print } from './open-domain.ts';
import { asOwner } from './owned-store.ts';

interface RestoreContext {
  files: ProgramFiles;
  dataDir: string;
  keyFile: string | null;
  nowSeconds: () => number;
}

/** `ruadmap restore FILE`: a checked backup becomes the store; what was there is kept beside it. */
export async function restoreCommand(
  { files, dataDir: wanted, keyFile, nowSeconds }: RestoreContext,
  file: string,
  { force = false, json = false }: KeepOptions,
): Promise<void> {
  const backup = path.resolve(file);
  if (!existsSync(backup)) throw new CommandEnd(exitStatus.usage, `${backup} is not there.`);
  const dataDir = ensureDataDir(wanted);
  const stamp = new Date(nowSeconds() * 1000).toISOString().slice(0, 19).replaceAll(':', '-');
  const { keptAs } = asOwner(dataDir, () => {
    if (fileState(storeFiles(dataDir)) === 'present' && !force) throw occupied(dataDir);
    const { migrationsDir } = files;
    return restoreStore({ dataDir, migrationsDir, backup, stamp });
  });
  const facts = await restoredFacts(dataDir, keyFile);
  print(json, { file: backup, keptAs, ...facts }, () => [
    `Restored ${facts.reports} reports with ${facts.messages} messages to ${dataDir}, checked.`,
    ...(keptAs === null ? [] : [`  The database that was there is now ${keptAs}.`]),
    ...(facts.passwordsNeeded === 0
      ? []
      : [
          `  ${facts.passwordsNeeded} mailbox passwords cannot be opened: put the key back at ${keyPath(dataDir, keyFile)},`,
          '  or enter them again on the page.',
        ]),
  ]);
}

const occupied = (dataDir: string): CommandEnd =>
  new CommandEnd(
    exitStatus.setUp,
    `There is a database in ${dataDir}. Restore into an empty folder with --data, or keep the old one beside it with --force.`,
  );

async function restoredFacts(dataDir: string, keyFile: string | null) {
  const key = readKey(keyPath(dataDir, keyFile));
  const reader = openReader({ dataDir });
  try {
    const { reports, tally } = await reader.totals({ domain: null, from: null, to: null });
    const sealed = (await reader.mailboxes()).flatMap(({ secret }) => secret ?? []);
    const closed = sealed.filter((secret) => key === null || unseal(key, secret) === null);
    return { reports, messages: tally.messages, passwordsNeeded: closed.length };
  } finally {
    await reader.close();
  }
}
