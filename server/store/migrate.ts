import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Connection } from './connection.ts';
import { StoreProblem } from './store-problem.ts';

export interface Migration {
  version: number;
  name: string;
  sql: string;
  sha256: string;
}

/** The numbered SQL files of a folder, in order, without a gap. */
export function readMigrations(migrationsDir: string): Migration[] {
  const migrations = readdirSync(migrationsDir)
    .filter((name) => /^\d{3}_.+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(migrationsDir, name), 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      return { version: Number(name.slice(0, 3)), name, sql, sha256 };
    });
  const gap = migrations.find(({ version }, index) => version !== index + 1);
  if (gap !== undefined) throw new Error(`Migration ${gap.name} is out of sequence.`);
  return migrations;
}

export const schemaVersionOf = (database: Connection): number =>
  database.pragma('user_version', { simple: true }) as number;

/**
 * Throws a StoreProblem where this database was not made by these migrations: by a newer version of
 * the program, or by files that were edited since.
 */
export function checkApplied(database: Connection, migrations: readonly Migration[]): void {
  const version = schemaVersionOf(database);
  if (version > migrations.length) {
    throw new StoreProblem({
      reason: 'newer-schema',
      detail: `The database has schema ${version}, and this version of Ruadmap knows ${migrations.length}. Use the newer version again, or restore a backup made before it.`,
    });
  }
  if (version === 0) return;
  const applied = database
    .prepare<[], { version: number; sha256: string }>('SELECT version, sha256 FROM migration')
    .all();
  const changed = applied.find(({ version: at, sha256 }) => migrations[at - 1]?.sha256 !== sha256);
  if (changed !== undefined) {
    throw new StoreProblem({
      reason: 'migration-changed',
      detail: `Migration ${changed.version} differs from the one this database was made with. Install the program's own files again.`,
    });
  }
}

/** Applies what is missing, each migration in one transaction of its own. Returns the schema version. */
export function migrate(database: Connection, migrations: readonly Migration[]): number {
  for (const migration of migrations) {
    database
      .transaction(() => {
        // Asked for inside the transaction: another process may have been faster.
        if (schemaVersionOf(database) < migration.version) apply(database, migration);
      })
      .immediate();
  }
  return schemaVersionOf(database);
}

function apply(database: Connection, { version, name, sql, sha256 }: Migration): void {
  database.exec(/* sql */ `
    CREATE TABLE IF NOT EXISTS migration (
      version INTEGER PRIMARY KEY,
      name    TEXT NOT NULL,
      sha256  TEXT NOT NULL
    ) STRICT
  `);
  database.exec(sql);
  database
    .prepare('INSERT INTO migration (version, name, sha256) VALUES (?, ?, ?)')
    .run(version, name, sha256);
  database.pragma(`user_version = ${version}`);
}
