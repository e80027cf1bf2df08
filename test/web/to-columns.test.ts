import { describe, expect, test } from 'vitest';
import {
  labelledPlaces,
  outcomesOf,
  summariseDays,
  sumOutcomes,
  toColumns,
} from '../../web/to-columns.ts';
import { aTally } from './tally.ts';

const nobody = { forwarded: 0, forwardedFailing: 0, ownFailing: 0, unauthorised: 0, unknown: 0 };
const days = [
  {
    ...nobody,
    day: '2026-11-01',
    tally: aTally(
      { bothAligned: 10, dkimOnly: 5, spfOnly: 3, neither: 9, notStated: 1 },
      { quarantine: 1, reject: 1, none: 26 },
    ),
    ...{ ownFailing: 2, forwarded: 6, forwardedFailing: 3, unauthorised: 4 },
  },
  { ...nobody, day: '2026-11-02', tally: null },
  { ...nobody, day: '2026-11-03', tally: aTally({}) },
];

test('each outcome stands on those before it, and the top is the number of messages', () => {
  const { tops } = toColumns(days);
  expect(tops.map((column) => column[0])).toEqual([10, 15, 18, 20, 23, 27, 28]);
});

test('what failed is parted by whose it is, and the parts are the messages of the day', () => {
  const [first] = days;
  expect(first && outcomesOf(first)).toEqual({
    ...{ messages: 28, bothAligned: 10, dkimOnly: 5, spfOnly: 3 },
    ...{ ownFailing: 2, forwardedFailing: 3, otherFailing: 4, notStated: 1, actedOn: 2 },
  });
});

test('a sum leaves days without reports out, and is unknown where all are', () => {
  expect(sumOutcomes([...days, ...days])).toMatchObject({
    messages: 56,
    ownFailing: 4,
    actedOn: 4,
  });
  expect(sumOutcomes(days.slice(1, 2))).toBeNull();
  expect(sumOutcomes([])).toBeNull();
});

test('a day without a report is a gap in every column, a day without mail is zero', () => {
  const { tops, actedOn } = toColumns(days);
  for (const column of [...tops, actedOn]) {
    expect(column[1]).toBeNull();
    expect(column[2]).toBe(0);
  }
});

test('days are placed at their first second in UTC', () => {
  expect(toColumns(days).seconds[0]).toBe(Date.UTC(2026, 10, 1) / 1000);
});

test('acted on is what was quarantined and what was rejected', () => {
  expect(toColumns(days).actedOn[0]).toBe(2);
});

test('the summary names the busiest day and counts the days without reports', () => {
  expect(summariseDays(days)).toEqual({
    peak: { day: '2026-11-01', messages: 28 },
    daysWithoutReports: 1,
  });
});

test('without a message no day is the busiest', () => {
  expect(summariseDays([{ ...nobody, day: '2026-11-03', tally: aTally({}) }]).peak).toBeNull();
});

describe('labels under a chart', () => {
  const cases: [count: number, most: number, step: number][] = [
    [7, 10, 1],
    [30, 15, 2],
    [30, 8, 7],
    [90, 14, 7],
    [365, 14, 28],
    [5000, 3, 1667],
  ];
  test.each(cases)('%d days with room for %d are %d days apart', (count, most, step) => {
    const places = labelledPlaces(count, most);
    expect(places.length).toBeLessThanOrEqual(most);
    expect(places.at(-1)).toBe(count - 1);
    expect((places[1] ?? NaN) - (places[0] ?? NaN)).toBe(step);
  });
});
