import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isRegular, rhythmOf } from '../../../server/analysis/rhythm.ts';

const range = (first: number, last: number, step = 1): number[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);

// Day 4 after 1970-01-01 was a Monday.
const workdays = (weeks: number): number[] =>
  range(0, weeks - 1).flatMap((week) => range(4 + week * 7, 8 + week * 7));

const AT = 400;

describe('the turn of a source', () => {
  test.each<[about: string, days: number[], at: number, everyDays: number, basis: string]>([
    ['a daily one', range(300, 400), AT, 1, 'gaps'],
    ['one on weekdays', workdays(8), 60, 3, 'gaps'],
    ['a weekly one', range(300, 400, 7), AT, 7, 'gaps'],
    ['a monthly one', [280, 310, 341, 371], AT, 31, 'gaps'],
    ['a monthly one over three days each', [310, 311, 312, 341, 342, 343], AT, 29, 'gaps'],
    ['a quarterly one seen twice', [290, 381], AT, 91, 'gaps'],
    ['a yearly one seen twice', [20, 385], AT, 365, 'gaps'],
    ['one in bursts at uneven intervals', [300, 301, 302, 342, 343, 344, 364, 365], AT, 40, 'gaps'],
    ['a monthly one that left out one month', [200, 230, 261, 323, 353], AT, 31, 'gaps'],
    ['one seen on one day', [395], AT, 35, 'seen-once'],
    ['one seen on two days in a row', [394, 395], AT, 35, 'seen-once'],
    ['one burst of three days, long ago', [300, 301, 302], AT, 35, 'seen-once'],
    ['three days in a row until now', [398, 399, 400], AT, 1, 'gaps'],
    [
      'a daily one with one outage of 12 days',
      [...range(300, 350), ...range(362, 400)],
      AT,
      1,
      'gaps',
    ],
    [
      'one on weekdays with a holiday',
      workdays(12).filter((day) => day < 30 || day > 44),
      88,
      3,
      'gaps',
    ],
    ['a weekly one that left out one week', [300, 307, 314, 328, 335], 336, 7, 'gaps'],
  ])('%s', (_, days, at, everyDays, basis) => {
    expect(rhythmOf(days, at)).toEqual({
      ...{ everyDays, basis, firstDay: days[0], lastDay: days.at(-1) },
    });
  });

  test('is unknown without an active day, and the default is an argument', () => {
    expect(rhythmOf([], AT)).toBeNull();
    expect(rhythmOf([395], AT, 90)?.everyDays).toBe(90);
  });

  test('does not depend on the order of days or on their repetition', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: AT }), { minLength: 1, maxLength: 40 }),
        (days) => {
          const rhythm = rhythmOf(days, AT);
          expect(rhythmOf([...days].reverse().concat(days), AT)).toEqual(rhythm);
          expect(rhythm?.everyDays).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});

describe('a habit of few days', () => {
  test.each<[about: string, days: number[], regular: boolean]>([
    ['every week', [300, 307, 314, 321], true],
    ['every week, give or take a day', [300, 306, 314, 321], true],
    ['every other week', [300, 314, 328, 342], true],
    ['every month', [300, 331, 361], true],
    ['three weeks', [300, 307, 314], false],
    ['two months', [300, 331], false],
    ['now and then', [300, 309, 330, 335], false],
    ['a burst', [300, 301, 302, 303, 304], false],
    ['none', [], false],
  ])('%s', (_, days, regular) => {
    expect(isRegular(days)).toBe(regular);
  });
});
