import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corpus, corpusDir } from '../corpus.ts';
import { expectedTotals, type ManifestRow, readManifest } from '../manifest.ts';
import { isMissing } from '../parts.ts';
import { ruadmapJson, temporaryDir } from '../program.ts';

interface Summary {
  documents: number;
  stored: number;
  duplicates: number;
  conflicts: number;
  refused: number;
  notReports: number;
}

let work: ReturnType<typeof temporaryDir>;
beforeAll(() => {
  work = temporaryDir();
});
afterAll(() => {
  work.remove();
});

const totalsOf = (dataDir: string) =>
  ruadmapJson<Record<string, unknown>>(['totals', '--data', dataDir]);

/** Every file of the manifest once, in the given order. */
const filesOf = (folder: string, rows: readonly ManifestRow[]): string[] => [
  ...new Set(rows.map(({ file }) => path.join(folder, file))),
];

describe.skipIf(isMissing(corpus))('all real reports', () => {
  const folder = corpusDir ?? '';

  test('imported as files give the totals of their manifest, and every document its outcome', async () => {
    const dataDir = path.join(work.dir, 'whole');
    const rows = readManifest(folder);
    const files = filesOf(folder, rows);
    const summary = await ruadmapJson<Summary>(['import', ...files, '--data', dataDir]);
    expect(await totalsOf(dataDir)).toMatchObject(expectedTotals(rows));

    const { documents, stored, duplicates, conflicts, refused, notReports } = summary;
    expect(documents).toBe(stored + duplicates + conflicts + refused + notReports);
    expect(documents).toBe(rows.length);
    const reports = rows.filter(({ kind }) => kind === 'aggregate').length;
    expect(stored + duplicates + conflicts).toBe(reports);
    expect(withoutReason(dataDir)).toBe(0);
    expect(documentRows(dataDir)).toBe(rows.length);
  });

  test('imported in another order, and again, give the same totals', async () => {
    const dataDir = path.join(work.dir, 'reversed');
    const rows = readManifest(folder);
    const files = filesOf(folder, rows).reverse();
    await ruadmapJson(['import', ...files, '--data', dataDir]);
    const once = await totalsOf(dataDir);
    expect(once).toMatchObject(expectedTotals(rows));
    const again = await ruadmapJson<Summary>(['import', folder, '--data', dataDir]);
    expect(again.stored).toBe(0);
    expect(await totalsOf(dataDir)).toEqual(once);
  });

  test('of the bulk archive give the totals of its manifest, unpacked and as a tar', async () => {
    const archive = path.join(folder, '../corpus-bulk.tar.gz');
    const unpacked = path.join(work.dir, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['xzf', archive, '-C', unpacked]);
    const bulk = path.join(unpacked, 'corpus-bulk');
    const expected = expectedTotals(readManifest(bulk));
    for (const [name, source] of [
      ['bulk', bulk],
      ['tar', archive],
    ] as const) {
      const dataDir = path.join(work.dir, name);
      await ruadmapJson(['import', source, '--data', dataDir]);
      expect(await totalsOf(dataDir), name).toMatchObject(expected);
    }
  });
});

function query(dataDir: string, sql: string): number {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  try {
    return database.prepare<[], number>(sql).pluck().get() ?? -1;
  } finally {
    database.close();
  }
}

const documentRows = (dataDir: string): number => query(dataDir, 'SELECT count(*) FROM document');

/** Documents that became no report, and for which the ledger does not say why. */
const withoutReason = (dataDir: string): number =>
  query(
    dataDir,
    "SELECT count(*) FROM document WHERE outcome IN ('refused', 'not-a-report') AND coalesce(reason, '') = ''",
  );
