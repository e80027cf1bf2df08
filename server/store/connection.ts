import Database from 'better-sqlite3';

export type Connection = Database.Database;

/** How long a write waits for another process's. */
export const BUSY_TIMEOUT_MILLISECONDS = 10_000;
const WRITER_CACHE_KIB = 64 * 1024;
const READER_CACHE_KIB = 32 * 1024;
/** A WAL that one large report made long is cut back to this once it has been copied. */
const WAL_BYTES_KEPT = 16 * 1024 * 1024;
/** Pages, about 16 MB: a page that many commits touch is copied to the database less often. */
const CHECKPOINT_PAGES = 4_000;

/** A connection that may write. Every one of them waits for the disk before a commit counts. */
export function openForWriting(file: string): Connection {
  const database = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MILLISECONDS });
  return configured(database, [
    // Readers never wait for the writer.
    'journal_mode = WAL',
    // In WAL mode better-sqlite3 defaults to NORMAL: a commit could be lost in a power cut, after the
    // mailbox was told that the mail is stored.
    'synchronous = FULL',
    'foreign_keys = ON',
    // What is removed is overwritten: it could be read in the file for years.
    'secure_delete = ON',
    `cache_size = -${WRITER_CACHE_KIB}`,
    `wal_autocheckpoint = ${CHECKPOINT_PAGES}`,
    `journal_size_limit = ${WAL_BYTES_KEPT}`,
  ]);
}

export function openForReading(file: string): Connection {
  const database = new Database(file, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MILLISECONDS,
  });
  return configured(database, ['query_only = ON', `cache_size = -${READER_CACHE_KIB}`]);
}

function configured(database: Connection, pragmas: readonly string[]): Connection {
  try {
    // The file may have been tampered with: run no functions from its schema, check cells before use.
    for (const pragma of ['trusted_schema = OFF', 'cell_size_check = ON', ...pragmas]) {
      database.pragma(pragma);
    }
    // Sorting leaves nothing in a temporary directory that others can read.
    database.pragma('temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Copies the log into the database and cuts it to nothing. False where a reader or another writer still
 * needs it: none is waited for.
 */
export function emptyLog(database: Connection): boolean {
  database.pragma('busy_timeout = 0');
  try {
    const [{ busy }] = database.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: 0 | 1 }];
    return busy === 0;
  } finally {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MILLISECONDS}`);
  }
}

/** What a check of SQLite found first, on one line; null where all is sound. */
export function findingOf(
  database: Connection,
  check: `${'quick' | 'integrity'}_check(${string})`,
): string | null {
  const found = String(database.pragma(check, { simple: true }));
  return found === 'ok' ? null : found.replace(/\*{3} in database main \*{3}|\s+/g, ' ').trim();
}
