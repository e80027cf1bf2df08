import { expect, test } from 'vitest';
import type { ConnectionProblem, ConnectionProblemCode } from '../../ingest/connection-problem.ts';
import { defaultPollTiming, retrySeconds } from '../../ingest/poll-retry.ts';

const problem = (
  code: ConnectionProblemCode,
  waitSeconds: number | null = null,
): ConnectionProblem => ({
  code,
  message: '',
  advice: '',
  waitSeconds,
});

test.each<[string, number, number, number]>([
  ['the first wait at most', 1, 1, 2],
  ['twice that', 2, 1, 4],
  ['jittered over the whole span', 5, 0.5, 16],
  ['never more than the longest', 30, 1, 300],
  ['never less than half the first', 9, 0, 1],
])('a lost connection is waited for: %s', (_, failures, random, seconds) => {
  expect(retrySeconds(problem('lost-connection'), failures, random, defaultPollTiming)).toBe(
    seconds,
  );
});

test.each([1, 2, 900, 5000])(
  'P08: a refused password is tried again after five minutes at the earliest, also the time number %i',
  (failures) => {
    for (const random of [0, 0.5, 1]) {
      const seconds = retrySeconds(problem('wrong-password'), failures, random, defaultPollTiming);
      expect(seconds).toBeGreaterThanOrEqual(300);
      expect(seconds).toBeLessThanOrEqual(600);
    }
  },
);

test('a server that asks for a pause gets it', () => {
  expect(retrySeconds(problem('throttled', 777), 1, 1, defaultPollTiming)).toBe(777);
  expect(retrySeconds(problem('throttled'), 1, 1, defaultPollTiming)).toBe(60);
});

test('P07: a server that asks for a pause of years is asked again after an hour', () => {
  expect(retrySeconds(problem('throttled', 1e9), 1, 1, defaultPollTiming)).toBe(3600);
});
