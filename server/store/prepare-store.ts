import { bad, ok, type Result } from '../../ingest/result.ts';
import { type Connection, findingOf, openForReading, openForWriting } from './connection.ts';
import { isLogDamaged } from './log-check.ts';
import {
  checkApplied,
  migrate,
  type Migration,
  readMigrations,
  schemaVersionOf,
} from './migrate.ts';
import {
  createDatabaseFile,
  fileState,
  type StoreFiles,
  storeFiles,
  writeMarker,
} from './store-files.ts';
import { problemOf, StoreProblem, type StoreProblemDetail } from './store-problem.ts';

/** As in migrations/001_ledger.sql. */
export const APPLICATION_ID = 0x52554144;
/** Up to here the whole database is checked at every start: some tenths of a second. */
const WHOLE_CHECK_BYTES = 256 * 1024 * 1024;

/**
 * Makes the store of a data directory ready: creates it on the first run, checks it, applies missing
 * migrations. A store that is damaged, gone, foreign or from a newer version is left as it is.
 */
export function prepareStore(
  dataDir: string,
  migrationsDir: string,
): Result<{ schemaVersion: number }, StoreProblemDetail> {
  const migrations = readMigrations(migrationsDir);
  const files = storeFiles(dataDir);
  try {
    const state = fileState(files);
    if (state === 'missing') return bad(gone(files));
    if (state === 'first-run') createDatabaseFile(files);
    else inspect(files, migrations);
    const schemaVersion = bringUpToDate(files, migrations);
    writeMarker(files);
    return ok({ schemaVersion });
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return bad(problem);
  }
}

const gone = (files: StoreFiles): StoreProblemDetail => ({
  reason: 'missing',
  detail: `There was a database in ${files.dataDir}, and ruadmap.db is gone or empty. Restore a backup; or remove ruadmap.created to begin again and import the reports anew.`,
});

/** Looks without writing, so that what is damaged stays as it is for whoever repairs it. */
function inspect(files: StoreFiles, migrations: readonly Migration[]): void {
  if (isLogDamaged(files.database)) {
    throw new StoreProblem({
      reason: 'damaged',
      detail: `${files.database}-wal, which holds the newest part of the database, is damaged. Everything was left as it is. Restore a backup, or move ruadmap.db and its -wal away and import the reports anew.`,
    });
  }
  const database = openForReading(files.database);
  try {
    checkOurs(database);
    checkSound(database);
    checkApplied(database, migrations);
  } finally {
    database.close();
  }
}

function checkOurs(database: Connection): void {
  const id = database.pragma('application_id', { simple: true });
  const tables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
  if (tables !== undefined && id !== APPLICATION_ID) {
    throw new StoreProblem({
      reason: 'foreign',
      detail: `${database.name} is the database of another program. Choose another data directory.`,
    });
  }
}

function checkSound(database: Connection): void {
  const bytes = database
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck()
    .get();
  const scopes =
    (bytes ?? 0) <= WHOLE_CHECK_BYTES ? ['1'] : ['migration', 'mailbox', 'reporter', 'source'];
  for (const scope of scopes) {
    const found = findingOf(database, `quick_check(${scope})`);
    if (found === null) continue;
    throw new StoreProblem({
      reason: 'damaged',
      detail: `The database is damaged (${found}). It was left as it is. Restore a backup, or move it away and import the reports anew.`,
    });
  }
}

function bringUpToDate(files: StoreFiles, migrations: readonly Migration[]): number {
  const database = openForWriting(files.database);
  try {
    if (schemaVersionOf(database) < migrations.length) {
      // Sorting a large store takes half a gigabyte. The file has no name, and is gone with the connection.
      database.pragma('temp_store = FILE');
      migrate(database, migrations);
    }
    return schemaVersionOf(database);
  } finally {
    database.close();
  }
}
