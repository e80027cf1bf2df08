import { describe, expect, test } from 'vitest';
import { dateRange } from '../../ingest/decode-head.ts';
import { checkDates } from '../../ingest/report-dates.ts';
import { NOW_SECONDS } from './reading.ts';

const DAY = 86_400;
const check = (begin: string, end: string) => checkDates(dateRange(begin, end), NOW_SECONDS);
const day = (days: number): string => String(NOW_SECONDS + days * DAY);

describe('the dates of a report', () => {
  test.each<[string, string, string, string[]]>([
    ['a day', day(-1), day(0), []],
    ['no time at all', day(-1), day(-1), []],
    ['31 days', day(-31), day(0), []],
    ['longer than 31 days', day(-32), day(0), ['date-span-long']],
    ['ten years', day(-3650), day(0), ['date-span-long']],
    ['two days ahead', day(1), day(2), []],
    ['a float', `${day(-1)}.5`, day(0), ['date-float']],
    ['1970', '0', '86399', ['date-before-2012']],
    ['unreadable', '-5', 'tomorrow', ['date-unreadable']],
    ['hexadecimal', '0x10', day(0), ['date-unreadable']],
    ['with an exponent', '1e9', day(0), ['date-unreadable']],
    ['missing', '', '', ['date-unreadable']],
  ])('%s: stored', (_, begin, end, warnings) => {
    expect(check(begin, end)).toEqual({ ok: true, value: warnings });
  });

  test.each<[string, string, string]>([
    ['the end before the begin', day(0), day(-1)],
    ['milliseconds', `${day(-1)}000`, `${day(0)}000`],
    ['the year 60,000', '1830000000000', '1830000086400'],
    ['more than two days ahead', day(1), String(NOW_SECONDS + 2 * DAY + 1)],
    ['more than two days ahead, and no end', day(3), ''],
    ['beyond all numbers', '9'.repeat(40), day(0)],
  ])('%s: refused', (_, begin, end) => {
    expect(check(begin, end)).toMatchObject({ ok: false, problem: { reason: 'bad-dates' } });
  });

  test('in milliseconds are told as such', () => {
    const checked = check(`${day(-1)}000`, `${day(0)}000`);
    expect(checked.ok ? '' : checked.problem.detail).toContain('milliseconds');
  });
});
