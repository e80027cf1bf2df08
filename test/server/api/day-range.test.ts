import { expect, test } from 'vitest';
import { daysOf, lastFullDays, openRangeOf, rangeOf } from '../../../server/api/day-range.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const NOON = at('2026-11-23T12:00:00Z');

test('without days, the range is the last 30 full UTC days and ends yesterday', () => {
  expect(rangeOf({}, NOON)).toEqual({ ok: true, value: { from: '2026-10-24', to: '2026-11-22' } });
  expect(daysOf({ from: '2026-10-24', to: '2026-11-22' })).toHaveLength(30);
});

test.each([
  ['2026-11-23T00:00:00Z', '2026-11-22'],
  ['2026-11-22T23:59:59Z', '2026-11-21'],
  ['2027-01-01T00:00:00Z', '2026-12-31'],
])('at %s the last full day is %s', (now, lastDay) => {
  expect(lastFullDays(1, at(now))).toEqual({ from: lastDay, to: lastDay });
});

test('with an end alone, the range is the 30 days up to it', () => {
  expect(rangeOf({ to: '2024-03-01' }, NOON)).toEqual({
    ok: true,
    value: { from: '2024-02-01', to: '2024-03-01' },
  });
});

test('with a beginning alone, the range goes on until yesterday', () => {
  expect(rangeOf({ from: '2026-01-31' }, NOON)).toEqual({
    ok: true,
    value: { from: '2026-01-31', to: '2026-11-22' },
  });
});

test('a range of one day has one day, and a leap day is a day', () => {
  expect(daysOf({ from: '2024-02-29', to: '2024-02-29' })).toEqual(['2024-02-29']);
});

test('the days of a range are without gap over the end of a month, of a year and a leap day', () => {
  expect(daysOf({ from: '2023-12-30', to: '2024-01-02' })).toEqual([
    '2023-12-30',
    '2023-12-31',
    '2024-01-01',
    '2024-01-02',
  ]);
  expect(daysOf({ from: '2024-01-01', to: '2024-12-31' })).toHaveLength(366);
});

const refused: [words: string, from: string, to: string, code: string][] = [
  ['the 30th of February', '2026-02-30', '2026-03-02', 'no-such-day'],
  ['the 29th of February of another year', '2026-02-01', '2026-02-29', 'no-such-day'],
  ['month 13', '2026-13-01', '2026-12-31', 'no-such-day'],
  ['day 0', '2026-11-00', '2026-12-31', 'no-such-day'],
  ['the year 0', '0000-01-01', '2026-12-31', 'no-such-day'],
  ['a year that JavaScript would take for 1926', '0026-01-01', '0026-01-02', 'no-such-day'],
  ['an end before its beginning', '2026-11-02', '2026-11-01', 'range-reversed'],
  ['eleven years', '2015-01-01', '2026-01-01', 'range-too-long'],
];
test.each(refused)('%s is refused with words that say what to do', (_words, from, to, code) => {
  const range = rangeOf({ from, to }, NOON);
  expect(range).toMatchObject({ ok: false, problem: { status: 400, code } });
  expect(openRangeOf({ from, to })).toEqual(range);
});

test('ten years with three leap days are not too long, and one day more is', () => {
  expect(rangeOf({ from: '2016-01-01', to: '2025-12-31' }, NOON).ok).toBe(true);
  expect(rangeOf({ from: '2016-01-01', to: '2026-01-01' }, NOON).ok).toBe(false);
});

test('a list without days stays open at both ends, and one day given leaves the other open', () => {
  expect(openRangeOf({})).toEqual({ ok: true, value: { from: null, to: null } });
  expect(openRangeOf({ from: '2026-11-01' })).toEqual({
    ok: true,
    value: { from: '2026-11-01', to: null },
  });
});
