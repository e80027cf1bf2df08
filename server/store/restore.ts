import { chmodSync, constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { takeBackupEnd } from './backup-end.ts';
import { renameDurably } from './durable-file.ts';
import { examineStoreFile } from './examine.ts';
import { prepareStore } from './prepare-store.ts';
import { storeFiles } from './store-files.ts';
import { problemOf, StoreProblem } from './store-problem.ts';

const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Puts a checked copy of a backup in the place of the store, and brings it to this version's schema.
 * Only for the owner of the data directory. A database that is there keeps its bytes under
 * `ruadmap.db.before-STAMP`. Killed half way, the next start says that the database is gone; then the
 * restore is to be done again.
 * @param stamp names the old database; without colons, as some file systems do not take them.
 * @returns where the old database lies now, null where there was none.
 * @throws StoreProblem; a file that is refused leaves the data directory as it was.
 */
export function restoreStore(options: {
  dataDir: string;
  migrationsDir: string;
  backup: string;
  stamp: string;
}): { keptAs: string | null } {
  const { database } = storeFiles(options.dataDir);
  const copy = `${database}.restoring`;
  try {
    for (const suffix of ['', ...COMPANIONS]) rmSync(copy + suffix, { force: true });
    copyFileSync(options.backup, copy, constants.COPYFILE_FICLONE);
    chmodSync(copy, 0o600);
    if (takeBackupEnd(copy) === 'damaged') {
      throw new StoreProblem({
        reason: 'damaged',
        detail: `${options.backup} is damaged (its bytes are not those of its check sum). Use another backup.`,
      });
    }
    const facts = examineStoreFile(copy, options.migrationsDir, 'whole');
    if (!facts.ok) throw new StoreProblem(facts.problem);
    for (const suffix of COMPANIONS) rmSync(copy + suffix, { force: true });
    const keptAs = setAside(database, options.stamp);
    renameDurably(copy, database);
    const prepared = prepareStore(options.dataDir, options.migrationsDir);
    if (!prepared.ok) throw new StoreProblem(prepared.problem);
    return { keptAs };
  } catch (error) {
    for (const suffix of ['', ...COMPANIONS]) rmSync(copy + suffix, { force: true });
    const problem = problemOf(error);
    throw problem === null ? error : new StoreProblem(problem, error);
  }
}

/** The database first: a log without its database is never taken for the new one's, as it goes next. */
function setAside(database: string, stamp: string): string | null {
  const name = `${database}.before-${stamp}`;
  const kept = existsSync(name) ? `${name}-${process.pid}` : name;
  const moved = ['', ...COMPANIONS].filter((suffix) => existsSync(database + suffix));
  for (const suffix of moved) renameSync(database + suffix, kept + suffix);
  return moved.includes('') ? path.resolve(kept) : null;
}
