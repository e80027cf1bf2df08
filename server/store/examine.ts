import { statSync } from 'node:fs';
import { bad, ok, type Result } from '../../ingest/result.ts';
import { type Connection, findingOf, openForReading } from './connection.ts';
import { checkApplied, readMigrations, schemaVersionOf } from './migrate.ts';
import { APPLICATION_ID } from './prepare-store.ts';
import { problemOf, StoreProblem, type StoreProblemDetail } from './store-problem.ts';

/** What stands in a database file that was found sound. */
export interface StoreFacts {
  bytes: number;
  schemaVersion: number;
  /** How many versions behind this program's schema it is; it is brought up to date when next opened. */
  schemaBehind: number;
}

/**
 * Checks one database file without changing it: that it is a Ruadmap store, sound throughout, and not
 * from a newer version. `quick` leaves out whether indexes agree with their tables.
 */
export function examineStoreFile(
  file: string,
  migrationsDir: string,
  depth: 'whole' | 'quick',
): Result<StoreFacts, StoreProblemDetail> {
  try {
    const database = openForReading(file);
    try {
      return ok(examined(database, migrationsDir, depth));
    } finally {
      database.close();
    }
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return bad(problem);
  }
}

function examined(
  database: Connection,
  migrationsDir: string,
  depth: 'whole' | 'quick',
): StoreFacts {
  const migrations = readMigrations(migrationsDir);
  const schemaVersion = schemaVersionOf(database);
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID || schemaVersion < 1) {
    throw new StoreProblem({
      reason: 'foreign',
      detail: `${database.name} is no Ruadmap database.`,
    });
  }
  const check = depth === 'whole' ? 'integrity_check(1)' : 'quick_check(1)';
  const found = findingOf(database, check);
  if (found !== null) {
    throw new StoreProblem({
      reason: 'damaged',
      detail: `${database.name} is damaged (${found}).`,
    });
  }
  checkApplied(database, migrations);
  const { size } = statSync(database.name);
  return { bytes: size, schemaVersion, schemaBehind: migrations.length - schemaVersion };
}
