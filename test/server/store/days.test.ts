import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, dayRangeOf, daysOf, dayText, shareOut } from '../../../server/store/days.ts';

const at = (text: string): number => Date.parse(text) / 1000;

describe('a report of up to 26 hours belongs whole to the UTC day of its midpoint', () => {
  const cases: [begin: string, end: string, day: string, why: string][] = [
    ['2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', '2026-03-01', 'a full day'],
    ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', '2026-03-01', 'an end on the next midnight'],
    ['2026-02-28T23:59:58Z', '2026-03-01T23:59:58Z', '2026-03-01', 'two seconds of overlap before'],
    [
      '2026-03-01T00:00:07Z',
      '2026-03-02T00:00:07Z',
      '2026-03-01',
      'seven seconds of overlap after',
    ],
    ['2026-03-01T12:00:00Z', '2026-03-02T12:00:00Z', '2026-03-02', 'a midpoint on midnight'],
    ['2026-03-01T11:59:59Z', '2026-03-02T11:59:59Z', '2026-03-01', 'a midpoint a second earlier'],
    ['2026-03-01T00:00:00Z', '2026-03-02T02:00:00Z', '2026-03-01', '26 hours exactly'],
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01', 'an end equal to its begin'],
    ['2024-02-29T00:00:00Z', '2024-02-29T23:59:59Z', '2024-02-29', 'a leap day'],
    ['2012-01-01T00:00:00Z', '2012-01-01T23:59:59Z', '2012-01-01', 'the first day that counts'],
  ];
  for (const [begin, end, day, why] of cases) {
    test(`${why}: ${begin} to ${end} is ${day}`, () => {
      expect(daysOf(at(begin), at(end))).toEqual({ kind: 'whole', day: dayNumber(day) });
    });
  }
});

describe('a report of up to 31 days is spread by its seconds on each day', () => {
  const cases: [begin: string, end: string, firstDay: string, secondsByDay: number[]][] = [
    ['2026-03-01T00:00:00Z', '2026-03-02T02:00:01Z', '2026-03-01', [86_400, 7_201]],
    ['2026-03-01T12:00:00Z', '2026-03-03T12:00:00Z', '2026-03-01', [43_200, 86_400, 43_200]],
    ['2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z', '2026-03-01', [86_400, 86_400]],
  ];
  for (const [begin, end, firstDay, secondsByDay] of cases) {
    test(`${begin} to ${end} has ${secondsByDay.join(', ')} seconds from ${firstDay} on`, () => {
      const days = daysOf(at(begin), at(end));
      expect(days).toEqual({ kind: 'spread', firstDay: dayNumber(firstDay), secondsByDay });
    });
  }

  test('31 days are spread, a second more is not', () => {
    const begin = at('2026-03-01T00:00:00Z');
    expect(daysOf(begin, begin + 31 * 86_400)).toMatchObject({ kind: 'spread' });
    expect(daysOf(begin, begin + 31 * 86_400 + 1)).toEqual({ kind: 'without-a-day' });
  });
});

describe('what cannot be put on a day is without a day', () => {
  const march = at('2026-03-01T00:00:00Z');
  const cases: [why: string, begin: number | null, end: number | null][] = [
    ['no begin', null, march],
    ['no end', march, null],
    ['neither', null, null],
    ['before 2012', at('2011-12-31T23:59:59Z'), at('2012-01-01T12:00:00Z')],
    ['201 days', march, march + 201 * 86_400],
    ['an end before its begin', march, march - 1],
  ];
  for (const [why, begin, end] of cases) {
    test(why, () => {
      const days = daysOf(begin, end);
      expect(days).toEqual({ kind: 'without-a-day' });
      expect(dayRangeOf(days)).toEqual({ firstDay: null, lastDay: null });
    });
  }
});

describe('shares', () => {
  const cases: [count: number, secondsByDay: number[], shares: number[]][] = [
    [10, [1, 1], [5, 5]],
    [1, [1, 1], [1, 0]],
    [3, [1, 1], [2, 1]],
    [1, [1, 2], [0, 1]],
    [2, [1, 1, 1], [1, 1, 0]],
    [5, [86_400, 7_201], [5, 0]],
    [100, [43_200, 86_400, 43_200], [25, 50, 25]],
    [0, [1, 1], [0, 0]],
  ];
  for (const [count, secondsByDay, shares] of cases) {
    test(`${count} over ${secondsByDay.join(':')} are ${shares.join(', ')}`, () => {
      expect(shareOut(count, secondsByDay)).toEqual(shares);
    });
  }

  test('add up to the count, each within one of its exact part', () => {
    const seconds = fc.array(fc.integer({ min: 1, max: 86_400 }), { minLength: 2, maxLength: 32 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), seconds, (count, secondsByDay) => {
        const shares = shareOut(count, secondsByDay);
        const total = secondsByDay.reduce((sum, part) => sum + part, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
        shares.forEach((share, day) => {
          const exact = (count * (secondsByDay[day] ?? 0)) / total;
          expect(Math.abs(share - exact)).toBeLessThan(1);
        });
      }),
    );
  });
});

test('a day number and its text are each other', () => {
  expect(dayText(0)).toBe('1970-01-01');
  expect(dayNumber('2024-02-29')).toBe(19_782);
  expect(dayText(dayNumber('2026-11-24'))).toBe('2026-11-24');
});
