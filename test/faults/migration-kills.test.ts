import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import { createDatabaseFile, storeFiles, writeMarker } from '../../server/store/store-files.ts';
import { inFullOrShare, longRunSeed, printFigure } from '../long-run.ts';
import { isMissing, strace } from '../parts.ts';
import { projectDir, ruadmap, ruadmapJson, temporaryDir } from '../program.ts';
import { type Golden, goldenMailbox } from './golden-mailbox.ts';
import { killOver } from './kill-over.ts';
import { expectGoldenTotals, expectSumsOfRows, expectWhole, query } from './store-truth.ts';

const migrationsDir = path.join(projectDir, 'migrations');
const migrations = readMigrations(migrationsDir);
const NEWEST = migrations.length;
/** From here on a store can hold reports: the sums came with them, in one version of the program. */
const WITH_REPORTS = 3;
const POINTS = 10;

let work: ReturnType<typeof temporaryDir>;
let golden: Golden;
let newest: string;
let dirs = 0;

const fresh = (): string => path.join(work.dir, `data-${(dirs += 1)}`);

/** A store as the version of the program with that schema has left it: the rows of its tables. */
function storeOf(version: number): string {
  const dataDir = fresh();
  const files = storeFiles(dataDir);
  createDatabaseFile(files);
  const database = new Database(files.database);
  database.pragma('journal_mode = WAL');
  migrate(database, migrations.slice(0, version));
  database.exec(`ATTACH '${path.join(newest, 'ruadmap.db')}' AS newest`);
  database.pragma('foreign_keys = OFF');
  const fill = database.transaction(() => {
    for (const table of tablesOf(dataDir)) {
      const rows = version < WITH_REPORTS ? LEDGER_ALONE[table] : '';
      if (rows === undefined || table === 'migration') continue;
      const columns = columnsOf(dataDir, table).join(', ');
      database.exec(
        `INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM newest.${table} ${rows}`,
      );
    }
  });
  fill();
  database.close();
  writeMarker(files);
  return dataDir;
}

/** Without a report: the mails that are none. */
const LEDGER_ALONE: Record<string, string> = {
  mailbox: '',
  message: "WHERE id IN (SELECT message_id FROM newest.document WHERE outcome = 'not-a-report')",
  document: "WHERE outcome = 'not-a-report'",
};

const tablesOf = (dataDir: string): string[] =>
  query<{ name: string }>(
    dataDir,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
  ).map(({ name }) => name);

/** As they are in a store, in their order; a later version may have more. */
const columnsOf = (dataDir: string, table: string): string[] =>
  query<{ name: string }>(dataDir, `SELECT name FROM pragma_table_info('${table}')`).map(
    ({ name }) => name,
  );

/** Which tables a store has, with their columns. */
const shapeOf = (dataDir: string): Record<string, string[]> =>
  Object.fromEntries(
    tablesOf(dataDir)
      .filter((table) => table !== 'migration')
      .map((table) => [table, columnsOf(dataDir, table)]),
  );

/** Every row of these tables, in these columns. */
const rowsOf = (dataDir: string, shape: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(shape).map(([table, columns]) => [
      table,
      query<object>(dataDir, `SELECT ${columns.join(', ')} FROM ${table}`)
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );

const versionOf = (dataDir: string): number =>
  query<{ user_version: number }>(dataDir, 'SELECT * FROM pragma_user_version')[0]?.user_version ??
  -1;

describe('S09: a store of an earlier version', () => {
  beforeAll(async () => {
    work = temporaryDir();
    golden = goldenMailbox({
      ...{ seed: longRunSeed, reports: 40, others: 10, repeats: 5, conflicts: 5 },
    });
    const mails = path.join(work.dir, 'mails');
    mkdirSync(mails);
    for (const [place, mail] of golden.mails.entries()) {
      writeFileSync(path.join(mails, `${place}.eml`), mail);
    }
    newest = fresh();
    await ruadmapJson(['import', mails, '--data', newest]);
  });
  afterAll(() => work.remove());

  test.skipIf(isMissing(strace))(
    'whose migration is killed over any of its files is the old one or the next one, whole',
    async () => {
      let kills = 0;
      for (let version = 1; version < NEWEST; version += 1) {
        const before = storeOf(version);
        const shape = shapeOf(before);
        const expected = rowsOf(before, shape);
        kills += await killOver(
          inFullOrShare(POINTS, 2),
          () => {
            const root = storeOf(version);
            return { root, args: ['totals', '--data', root] };
          },
          async ({ root }) => {
            expectWhole(root);
            expect(versionOf(root)).toBeGreaterThanOrEqual(version);
            expect(rowsOf(root, shape)).toEqual(expected);
            await ruadmapJson(['totals', '--data', root]);
            expect(versionOf(root)).toBe(NEWEST);
            expectWhole(root);
            expect(rowsOf(root, shape)).toEqual(expected);
            if (version < WITH_REPORTS) return;
            expectSumsOfRows(root);
            await expectGoldenTotals(root, golden);
          },
        );
      }
      printFigure({ figure: 'kills-migration', n: kills, of: kills, full: POINTS * (NEWEST - 1) });
    },
    600_000,
  );

  test.each(migrations.map(({ version }) => version))(
    'of schema %i opens with all that was in it',
    async (version) => {
      const root = storeOf(version);
      const shape = shapeOf(root);
      const expected = rowsOf(root, shape);
      await ruadmapJson(['totals', '--data', root]);
      expect(versionOf(root)).toBe(NEWEST);
      expect(rowsOf(root, shape)).toEqual(expected);
    },
  );

  test.each(['totals', 'import', 'backup', 'poll', 'serve'])(
    'of a later version is refused by %s and stays as it is, to the byte',
    async (command) => {
      const root = storeOf(NEWEST);
      const later = path.join(work.dir, `migrations-${command}`);
      mkdirSync(later);
      for (const { name } of migrations) {
        copyFileSync(path.join(migrationsDir, name), path.join(later, name));
      }
      writeFileSync(
        path.join(later, `00${NEWEST + 1}_later.sql`),
        'CREATE TABLE later (id INTEGER) STRICT;',
      );
      const file = path.join(root, 'ruadmap.db');
      const database = new Database(file);
      migrate(database, readMigrations(later));
      database.close();
      const before = readFileSync(file);
      const args: Record<string, string[]> = {
        import: [work.dir],
        backup: [path.join(work.dir, `${command}.db`)],
        serve: ['--port', '0'],
      };
      const { status, stderr } = await ruadmap([command, ...(args[command] ?? []), '--data', root]);
      expect({ status, stderr }).toEqual({
        status: 65,
        stderr: expect.stringContaining(`schema ${NEWEST + 1}`) as string,
      });
      expect(readFileSync(file).equals(before)).toBe(true);
    },
  );
});
