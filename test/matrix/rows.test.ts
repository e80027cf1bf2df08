import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { printFigure } from '../long-run.ts';
import { type RowShown, shownElsewhere, shownHere } from './rows.ts';
import { idsOf, stringsOf } from './titles.ts';

const TESTS = path.resolve(import.meta.dirname, '..');
const TABLES = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.startsWith('rows.'))
  .map((name) => path.join(import.meta.dirname, name));

/** Counts the rows that were found, and tells at the end. */
function counted(group: string, full: number): { met: () => void } {
  let n = 0;
  afterAll(() => printFigure({ figure: `rows-${group}`, n, of: full, full }));
  return { met: () => (n += 1) };
}

function expectShown({ id, where }: RowShown): void {
  for (const place of where) {
    const file = path.join(TESTS, place);
    expect(existsSync(file), file).toBe(true);
    const shows = stringsOf(file).some((title) => idsOf(title).includes(id));
    expect(shows, `${file} has a title for ${id}`).toBe(true);
  }
}

describe.each(Object.entries(shownElsewhere))('group %s', (group, rows) => {
  const { met } = counted(group, rows.length);

  test.each(rows.map((row) => [row.id, row.what, row] as const))(
    '%s, %s, has its tests',
    (_, __, row) => {
      expect(row.where.length).toBeGreaterThan(0);
      expectShown(row);
      met();
    },
  );

  test('has its rows one after the other', () => {
    const ids = rows.map((_, place) => group + String(place + 1).padStart(2, '0'));
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });
});

describe.each(Object.entries(shownHere))('group %s', (group, { rows, later }) => {
  const { met } = counted(group, rows - later.length);
  const strings = new Set(TABLES.flatMap(stringsOf));
  const ids = Array.from(
    { length: rows },
    (_, place) => group + String(place + 1).padStart(2, '0'),
  );

  test.each(ids.filter((id) => !later.includes(id)))('%s is in a table of this folder', (id) => {
    expect(strings.has(id)).toBe(true);
    met();
  });
});

test('a title that names no row that there is, is noticed', () => {
  const known = Object.values(shownElsewhere).flatMap((rows) => rows.map(({ id }) => id));
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('matrix'))
    .map((name) => path.join(TESTS, name));
  const named = files
    .flatMap(stringsOf)
    .flatMap(idsOf)
    .filter((id) => /^[PSC]/.test(id));
  expect(named.filter((id) => !known.includes(id))).toEqual([]);
  expect(known.length).toBe(42);
});

test('a row without a title, and one whose file is gone, are noticed', () => {
  const row = { id: 'P99', what: 'nothing', where: ['imap/poll.test.ts'] };
  expect(() => expectShown(row)).toThrow(/has a title for P99/);
  expect(() => expectShown({ ...row, where: ['imap/gone.test.ts'] })).toThrow(/gone/);
});
