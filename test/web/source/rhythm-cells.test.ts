import { expect, test } from 'vitest';
import { rhythmCells, rhythmWords } from '../../../web/source/rhythm-cells.ts';
import { aTally } from '../tally.ts';

const day = (date: string, tally: ReturnType<typeof aTally> | null) => ({
  day: date,
  tally,
  ...{ forwarded: 0, forwardedFailing: 0, ownFailing: 0, unauthorised: 0, unknown: 0 },
});
const days = [
  day('2026-11-01', aTally({ dkimOnly: 8 })),
  day('2026-11-02', null),
  day('2026-11-03', aTally({})),
  day('2026-11-04', aTally({ dkimOnly: 1, neither: 3 })),
];

test('a day is aligned, failing, without mail, or not known, relative to the busiest', () => {
  expect(rhythmCells(days).map(({ state, share }) => [state, share])).toEqual([
    ['aligned', 1],
    ['gap', 0],
    ['none', 0],
    ['failing', 0.5],
  ]);
});

test('a day without a report is not counted as one without mail', () => {
  expect(rhythmWords(rhythmCells(days), 7)).toEqual([
    'It sent on 2 of 3 days that reports cover.',
    'Its longest usual pause is 7 days.',
  ]);
  expect(rhythmWords([], null)[1]).toContain('cannot be told yet');
  expect(rhythmWords([], 1)[1]).toBe('It usually sends every day.');
});
