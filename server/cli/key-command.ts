import { ensureDataDir } from '../data-dir.ts';
import { CommandEnd, exitStatus } from '../exit-status.ts';
import { rotateKey } from '../key-rotation.ts';
import { checkStore } from '../open-ingest.ts';
import type { ProgramFiles } from '../program-files.ts';
import { keyPath, openKey } from '../secrets.ts';
import { print } from './open-domain.ts';
import { asOwner } from './owned-store.ts';

/**
 * `ruadmap key rotate`. Refused while another process owns the data directory: its memory holds the
 * old key, and would seal the next password with it.
 */
export function keyRotateCommand(
  {
    files,
    dataDir: wanted,
    keyFile,
  }: { files: ProgramFiles; dataDir: string; keyFile: string | null },
  json: boolean,
): void {
  const dataDir = ensureDataDir(wanted);
  const file = keyPath(dataDir, keyFile);
  const { resealed, unreadable } = asOwner(dataDir, () => {
    checkStore(files, dataDir);
    const key = openKey(dataDir, keyFile);
    if (!key.ok) throw new CommandEnd(exitStatus.setUp, key.problem.message);
    return rotateKey(dataDir, file, key.value);
  });
  print(json, { keyFile: file, resealed, unreadable }, () => [
    `${file} holds a new key; ${resealed} stored passwords are sealed with it.`,
    ...(unreadable === 0
      ? []
      : [`  ${unreadable} were sealed with a key that is gone: enter these passwords again.`]),
    '  Older backups open only with the old key: make a new backup now.',
  ]);
}
