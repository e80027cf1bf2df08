import { expect, test } from 'vitest';

import { isPayday, storyDay, storyDays } from '../../../server/demo/story-days.ts';

test('the days of a story are 183 without a gap, and end on the given day', () => {
  const days = storyDays('2024-03-01');
  expect(days).toHaveLength(183);
  expect(days.at(-1)).toMatchObject({ day: '2024-03-01', daysBeforeEnd: 0, weekday: 5 });
  expect(days.at(-2)).toMatchObject({ day: '2024-02-29', daysBeforeEnd: 1, dayOfMonth: 29 });
  for (const [place, { startSeconds, daysBeforeEnd }] of days.entries()) {
    expect(daysBeforeEnd).toBe(182 - place);
    expect(startSeconds).toBe((days[0]?.startSeconds ?? 0) + place * 86_400);
  }
});

test('a month has one payday, on a workday', () => {
  for (const year of [2025, 2026, 2027, 2028]) {
    const lastDay = `${year}-12-31`;
    const paydays = Array.from({ length: 365 }, (_, i) => storyDay(lastDay, 364 - i)).filter(
      isPayday,
    );
    expect(paydays.map(({ day }) => Number(day.slice(5, 7)))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    for (const { weekday, dayOfMonth } of paydays) {
      expect([1, 2, 3, 4, 5]).toContain(weekday);
      expect([23, 24, 25]).toContain(dayOfMonth);
    }
  }
});
