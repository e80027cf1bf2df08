import { describe, expect, test } from 'vitest';
import { decodeKeepDays } from '../../server/keep-days.ts';
import { letGoBefore } from '../../server/retention.ts';

const DAY = 86_400;
const NOW = Date.UTC(2026, 10, 30) / 1000;
const keep = { xml: 730, refused: 180, otherMail: 90 };

describe('for how long something is kept', () => {
  test.each([
    ['forever', null],
    ['1', 1],
    ['36500', 36_500],
  ])('%s can be said', (text, days) => {
    expect(decodeKeepDays(text)).toEqual({ ok: true, value: days });
  });

  test.each(['0', '-1', '1.5', '36501', 'never', ''])(
    '"%s" is refused, with what can be said',
    (text) => {
      const decoded = decodeKeepDays(text);
      expect(decoded.ok ? '' : decoded.problem).toContain('from 1 to 36500 nor forever');
    },
  );
});

describe('what is let go', () => {
  test('is older than it is to be kept', () => {
    expect(letGoBefore(keep, NOW, NOW - DAY)).toEqual({
      xml: NOW - 730 * DAY,
      refused: NOW - 180 * DAY,
      otherMail: NOW - 90 * DAY,
    });
  });

  test('is nothing of what is kept for ever', () => {
    const forever = { xml: null, refused: null, otherMail: null };
    expect(letGoBefore(forever, NOW, NOW)).toEqual(forever);
  });

  test('is nothing where no report tells what day it is', () => {
    expect(letGoBefore(keep, NOW, null)).toEqual({ xml: null, refused: null, otherMail: null });
  });

  test('is no more with a clock that is ten years ahead, or after a year without a report', () => {
    const newest = NOW - 3 * DAY;
    const ahead = letGoBefore(keep, NOW + 3650 * DAY, newest);
    expect(ahead).toEqual(letGoBefore(keep, newest + 7 * DAY, newest));
    expect(ahead.otherMail).toBe(newest + 7 * DAY - 90 * DAY);
  });
});
