import { describe, expect, test } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatPeriod,
  formatQuantity,
  formatShare,
  formatTime,
  formatUtc,
  formatPerWeek,
  formatRatio,
} from '../../web/format.ts';

const counts: [count: number, text: string][] = [
  [0, '0'],
  [999, '999'],
  [1000, '1\u202f000'],
  [12_418, '12\u202f418'],
  [1_234_567, '1\u202f234\u202f567'],
  [Number.MAX_SAFE_INTEGER, '9\u202f007\u202f199\u202f254\u202f740\u202f991'],
];
test.each(counts)('%d is written with thin spaces between thousands', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('one of a thing is named in the singular, none and many in the plural', () => {
  expect(formatQuantity(0, 'report')).toBe('0 reports');
  expect(formatQuantity(1, 'report')).toBe('1 report');
  expect(formatQuantity(2, 'address', 'addresses')).toBe('2 addresses');
});

describe('a share', () => {
  const shares: [part: number, whole: number, text: string][] = [
    [0, 10, '0%'],
    [10, 10, '100%'],
    [941, 1000, '94.1%'],
    [1, 3, '33.3%'],
    [1, 2, '50.0%'],
    [2, 1000, '0.2%'],
  ];
  test.each(shares)('of %d in %d is %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });
  test('is never rounded up to everything', () => {
    expect(formatShare(9999, 10_000)).toBe('>99.9%');
  });
  test('is never rounded down to nothing', () => {
    expect(formatShare(1, 1_000_000)).toBe('<0.1%');
  });
  test('of nothing is a dash, not a zero', () => {
    expect(formatShare(0, 0)).toBe('–');
  });
});

test('a day is written with its month in letters, and the year on request', () => {
  expect(formatDay('2026-11-03')).toBe('3 Nov');
  expect(formatDay('2026-09-30', 'with-year')).toBe('30 Sep 2026');
});

test('a period names the first year only where the years differ, and a single day once', () => {
  expect(formatPeriod('2026-10-24', '2026-11-22')).toBe('24 Oct – 22 Nov 2026');
  expect(formatPeriod('2025-12-20', '2026-01-02')).toBe('20 Dec 2025 – 2 Jan 2026');
  expect(formatPeriod('2026-01-02', '2026-01-02')).toBe('2 Jan 2026');
});

test('a time is shown in the zone of the viewer', () => {
  const seconds = new Date(2026, 10, 3, 4, 5).getTime() / 1000;
  expect(formatTime(seconds)).toBe('3 Nov 2026, 04:05');
});

test('the bounds of a report are shown to the second, in UTC', () => {
  expect(formatUtc(Date.UTC(2026, 10, 3, 23, 59, 59) / 1000)).toBe('3 Nov 2026, 23:59:59 UTC');
});

const ages: [seconds: number, text: string][] = [
  [0, 'just now'],
  [-30, 'just now'],
  [59, 'just now'],
  [60, '1 min ago'],
  [3599, '59 min ago'],
  [3600, '1 h ago'],
  [47 * 3600, '47 h ago'],
  [48 * 3600, '2 d ago'],
  [59 * 86_400, '59 d ago'],
];
test.each(ages)('%d seconds of age read well', (age, text) => {
  expect(formatAgo(1_800_000_000 - age, 1_800_000_000)).toBe(text);
});
test('what is older than 60 days is told as a day', () => {
  const now = Date.UTC(2026, 10, 24) / 1000;
  expect(formatAgo(Date.UTC(2026, 0, 2) / 1000, now)).toBe('2 Jan 2026');
});

const durations: [seconds: number, text: string][] = [
  [0.2, '1 s'],
  [45, '45 s'],
  [89.6, '2 min'],
  [600, '10 min'],
  [7500, '2 h 5 min'],
];
test.each(durations)('%d seconds last as long as they should', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

const sizes: [bytes: number, text: string][] = [
  [999, '999 B'],
  [12_400, '12.4 kB'],
  [3_100_000, '3.1 MB'],
];
test.each(sizes)('%d bytes have a size', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a ratio is a percentage with one decimal, and hardly anything is not nothing', () => {
  expect([0, 0.0004, 0.0234, 1].map(formatRatio)).toEqual(['0.0%', '<0.1%', '2.3%', '100.0%']);
});

const weekly: [messages: number, days: number, text: string][] = [
  [0, 30, '0'],
  [1, 90, '<0.1'],
  [12, 30, '2.8'],
  [508, 30, '119'],
  [7, 0, '49'],
];
test.each(weekly)('%d messages in %d days are %s a week', (messages, days, text) => {
  expect(formatPerWeek(messages, days)).toBe(text);
});
