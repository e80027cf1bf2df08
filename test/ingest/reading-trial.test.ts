import { expect, test } from 'vitest';
import { suspicionOf } from '../../ingest/reading-trial.ts';

test('what was in company of deaths is tried, then goes alone, and is set aside after the eighth', () => {
  expect([0, 1, 2, 3, 7, 8, 9].map((attempts) => [attempts, suspicionOf(attempts)])).toEqual([
    [0, 'none'],
    [1, 'try'],
    [2, 'try'],
    [3, 'try-alone'],
    [7, 'try-alone'],
    [8, 'set-aside'],
    [9, 'set-aside'],
  ]);
});
