import type { ConnectionProblem } from './connection-problem.ts';

export interface PollTiming {
  /** Between two looks, also where IDLE tells of nothing: a connection may be dead in silence. */
  pollSeconds: number;
  /** Before a look that news ask for: more may come at once, and a server may tell of news without end. */
  newsPauseSeconds: number;
  /** Longest wait before the first retry; it doubles with each failure, up to `longestRetrySeconds`. */
  firstRetrySeconds: number;
  longestRetrySeconds: number;
  /** After a refused password: providers lock accounts that try again and again. */
  slowRetrySeconds: number;
}

export const defaultPollTiming: PollTiming = {
  pollSeconds: 300,
  newsPauseSeconds: 1,
  firstRetrySeconds: 2,
  longestRetrySeconds: 300,
  slowRetrySeconds: 300,
};

/** A server that asks us to slow down and does not say for how long. */
const THROTTLED_SECONDS = 60;
/** One that asks for more is asked again all the same: so long a wait fits no timer. */
const LONGEST_THROTTLED_SECONDS = 3600;

/**
 * How long to wait before the next try: exponential, with full jitter so that many clients of one
 * server do not come back together, and never less than half the first wait.
 * @param failures in a row, this one included.
 * @param random from 0 to 1.
 */
export function retrySeconds(
  problem: ConnectionProblem,
  failures: number,
  random: number,
  timing: PollTiming,
): number {
  const { firstRetrySeconds, longestRetrySeconds, slowRetrySeconds } = timing;
  const ceiling = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** (failures - 1));
  const jittered = Math.max(firstRetrySeconds / 2, ceiling * random);
  if (problem.code === 'wrong-password') return slowRetrySeconds + jittered;
  if (problem.code !== 'throttled') return jittered;
  const asked = Math.min(problem.waitSeconds ?? THROTTLED_SECONDS, LONGEST_THROTTLED_SECONDS);
  return Math.max(asked, jittered);
}
