import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayOf,
  daySeconds,
  daysUpTo,
  isDay,
  lastFullDays,
  lengthOf,
  periodOf,
  shiftPeriod,
} from '../../web/period.ts';

const noon = Date.UTC(2026, 10, 24, 12) / 1000;

const texts: [text: string, real: boolean][] = [
  ['2026-11-24', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['', false],
  ['yesterday', false],
];
test.each(texts)('"%s" is or is not a day', (text, real) => {
  expect(isDay(text)).toBe(real);
});

test('the last full days leave today out, because it is not over', () => {
  expect(lastFullDays(30, noon)).toEqual({ from: '2026-10-25', to: '2026-11-23' });
  expect(lengthOf(lastFullDays(30, noon))).toBe(30);
});

test('a second before midnight UTC still belongs to the day before', () => {
  const midnight = daySeconds('2026-11-24');
  expect(dayOf(midnight)).toBe('2026-11-24');
  expect(dayOf(midnight - 1)).toBe('2026-11-23');
});

test('shifting a period there and back gives the same period, and the two touch', () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((number) => addDays('1990-01-01', number));
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 400 }), (to, length) => {
      const period = daysUpTo(to, length);
      const earlier = shiftPeriod(period, -1);
      expect(lengthOf(earlier)).toBe(length);
      expect(addDays(earlier.to, 1)).toBe(period.from);
      expect(shiftPeriod(earlier, 1)).toEqual(period);
    }),
    { numRuns: 200 },
  );
});

describe('the period of an address', () => {
  test('is read from its from and to', () => {
    expect(periodOf(new URLSearchParams('from=2026-11-01&to=2026-11-07'))).toEqual({
      from: '2026-11-01',
      to: '2026-11-07',
    });
  });
  const none = ['', 'from=2026-11-01', 'from=2026-11-07&to=2026-11-01', 'from=x&to=2026-11-01'];
  test.each(none)('is the default one where the address says "%s"', (text) => {
    expect(periodOf(new URLSearchParams(text))).toBeNull();
  });
});
