import Database from 'better-sqlite3';

export type StoreProblemCode =
  /** No room left, or a quota: nothing of the transaction was kept; try again when there is room. */
  | 'disk-full'
  /** The system failed to read or write: nothing of the transaction was kept. */
  | 'io'
  /** Another process held the database for longer than the busy timeout. */
  | 'busy'
  /** The files may not be written, or not be opened. */
  | 'unreadable'
  /** The bytes are no sound database. */
  | 'damaged'
  /** There was a database, and now it is gone or empty. */
  | 'missing'
  /** Made by a newer version of this program. */
  | 'newer-schema'
  /** A migration that was applied has since been edited. */
  | 'migration-changed'
  /** Another program's database. */
  | 'foreign';

export interface StoreProblemDetail {
  reason: StoreProblemCode;
  /** What happened and what to do, for people. */
  detail: string;
}

/** The store can't do what was asked, for a reason outside the program. Nothing was half done. */
export class StoreProblem extends Error {
  readonly code: StoreProblemCode;
  constructor(problem: StoreProblemDetail, cause?: unknown) {
    super(problem.detail, { cause });
    this.name = 'StoreProblem';
    this.code = problem.reason;
  }
}

const FULL =
  'The disk is full: there is no room left for the database. Free some; nothing was lost.';
const ADVICE: readonly [prefix: string, reason: StoreProblemCode, detail: string][] = [
  ['SQLITE_FULL', 'disk-full', FULL],
  ['SQLITE_BUSY', 'busy', 'Another process keeps the database locked. Wait for it, or end it.'],
  ['SQLITE_LOCKED', 'busy', 'Another process keeps the database locked. Wait for it, or end it.'],
  [
    'SQLITE_CORRUPT',
    'damaged',
    'The database is damaged. Restore a backup, or import the reports anew.',
  ],
  [
    'SQLITE_NOTADB',
    'damaged',
    'The file is no database. Restore a backup, or import the reports anew.',
  ],
  [
    'SQLITE_READONLY',
    'unreadable',
    'The database may not be written. Look at the owner and mode of the data directory.',
  ],
  [
    'SQLITE_CANTOPEN',
    'unreadable',
    'The database cannot be opened. Look at the owner and mode of the data directory.',
  ],
  [
    'SQLITE_PERM',
    'unreadable',
    'The database may not be opened. Look at the owner and mode of the data directory.',
  ],
  [
    'SQLITE_AUTH',
    'unreadable',
    'The database may not be opened. Look at the owner and mode of the data directory.',
  ],
  // No room for the index of the log.
  ['SQLITE_IOERR_SHMSIZE', 'disk-full', FULL],
  [
    'SQLITE_IOERR',
    'io',
    'The system could not read or write the database. Look at the disk; nothing was lost.',
  ],
];

/** What an error of SQLite or of the file system means; null for a bug. */
export function problemOf(error: unknown): StoreProblemDetail | null {
  if (error instanceof StoreProblem) return { reason: error.code, detail: error.message };
  if (error instanceof Database.SqliteError) {
    const known = ADVICE.find(([prefix]) => error.code.startsWith(prefix));
    return known === undefined
      ? null
      : { reason: known[1], detail: `${known[2]} (${error.message})` };
  }
  const { syscall, code, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return null;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { reason: 'disk-full', detail: `The disk is full: ${message}. Free some room.` };
  }
  return { reason: 'unreadable', detail: `The data directory cannot be used: ${message}.` };
}

/** Runs `work`; an error with a reason outside the program becomes a StoreProblem. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const problem = error instanceof StoreProblem ? null : problemOf(error);
    throw problem === null ? error : new StoreProblem(problem, error);
  }
}
