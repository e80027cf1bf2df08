/** A stream that was not active in this many days, or on fewer days of the range, is seldom seen. */
const SELDOM_DAYS = 35;
const SELDOM_ACTIVE_DAYS = 3;

/**
 * Whether a stream is seldom seen, looked at on the day `at`: then its days before the range are read.
 * @param days active days of the range, ascending
 */
export const isSeldom = (days: readonly number[], at: number): boolean =>
  days.length < SELDOM_ACTIVE_DAYS || (days.at(-1) ?? 0) <= at - SELDOM_DAYS;
