import { expect, test } from 'vitest';
import { parseSort, sortRows, sortText } from '../../../web/table/sort-rows.ts';

const fallback = { key: 'messages', descending: true };
const keys = ['name', 'messages'];

test('the address names the column, with a minus for descending', () => {
  expect(parseSort('name', keys, fallback)).toEqual({ key: 'name', descending: false });
  expect(parseSort('-name', keys, fallback)).toEqual({ key: 'name', descending: true });
});

test.each([null, '', '-', 'constructor', '-nothing'])(
  'an address that says %s is sorted as usual',
  (text) => {
    expect(parseSort(text, keys, fallback)).toEqual(fallback);
  },
);

test('what goes into the address comes out of it again', () => {
  for (const sort of [fallback, { key: 'name', descending: false }]) {
    expect(parseSort(sortText(sort), keys, { key: 'name', descending: true })).toEqual(sort);
  }
});

const sorted = (values: (string | number | null)[], descending: boolean) =>
  sortRows(values, (value) => value, descending);

test('numbers are sorted as numbers', () => {
  expect(sorted([10, 9, 100], false)).toEqual([9, 10, 100]);
  expect(sorted([10, 9, 100], true)).toEqual([100, 10, 9]);
});

test('the unknown comes last in both directions', () => {
  expect(sorted([null, 2, null, 1], false)).toEqual([1, 2, null, null]);
  expect(sorted([null, 2, null, 1], true)).toEqual([2, 1, null, null]);
});

test('names are sorted without regard to case, numbers in them by size', () => {
  expect(sorted(['net10', 'Net9', 'alpha'], false)).toEqual(['alpha', 'Net9', 'net10']);
});

test('equals keep their order, and the rows given are left alone', () => {
  const rows = [
    { id: 1, size: 5 },
    { id: 2, size: 5 },
    { id: 3, size: 1 },
  ];
  expect(sortRows(rows, ({ size }) => size, true).map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(sortRows(rows, ({ size }) => size, false).map(({ id }) => id)).toEqual([3, 1, 2]);
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 3]);
});
