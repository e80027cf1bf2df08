import Database from 'better-sqlite3';
import type { Connection } from '../connection.ts';

/** Pages; 64 MiB. */
const CACHE_KIB = 64 * 1024;

/**
 * A read-only connection whose temporary tables lie in a file: sums over a million records do not fit
 * into memory. The file has no name, and is gone with the connection.
 */
export function openForChecking(file: string): Connection {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  for (const pragma of [
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'temp_store = FILE',
    `cache_size = -${CACHE_KIB}`,
  ])
    database.pragma(pragma);
  return database;
}
