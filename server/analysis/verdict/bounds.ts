/** Standard normal quantile for an interval of 95%. */
export const Z_95 = 1.96;

/**
 * Lower end of the Wilson score interval for the part `passing` of `judged`; null of nothing.
 * With z = 1.96 a perfect record reaches 98% from 189 messages on and 99.5% from 765.
 */
export function wilsonLowerBound(passing: number, judged: number, z = Z_95): number | null {
  if (judged <= 0) return null;
  const ratio = passing / judged;
  const square = z * z;
  const centre = ratio + square / (2 * judged);
  const spread = z * Math.sqrt((ratio * (1 - ratio)) / judged + square / (4 * judged * judged));
  return (centre - spread) / (1 + square / judged);
}

/** Rule of three: without a failure in `judged` messages, 95% sure that fewer than 3/n fail. */
export function highestFailureRatio(judged: number): number | null {
  return judged <= 0 ? null : Math.min(1, 3 / judged);
}

/**
 * How far the second ratio of failures lies above the first, in standard errors of the pooled
 * difference; null where either holds nothing. Negative: it lies below.
 */
export function twoProportionsZ(
  before: { failed: number; judged: number },
  after: { failed: number; judged: number },
): number | null {
  if (before.judged <= 0 || after.judged <= 0) return null;
  const pooled = (before.failed + after.failed) / (before.judged + after.judged);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.judged + 1 / after.judged));
  const difference = after.failed / after.judged - before.failed / before.judged;
  return error === 0 ? 0 : difference / error;
}
