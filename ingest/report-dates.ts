import type { DateRange, Warning } from './report.ts';
import { FLOAT_DATE } from './decode-head.ts';
import { type Problem, refused } from './problem.ts';
import { bad, ok, type Result } from './result.ts';

const DAY_SECONDS = 86_400;
/** Twelve digits are milliseconds: as seconds they would lie beyond the year 5000. */
const MILLISECONDS_FROM = 100_000_000_000;
const AHEAD_SECONDS = 2 * DAY_SECONDS;
/** DMARC was first published in 2012. */
const FIRST_SECONDS = Date.UTC(2012) / 1000;
const LONG_SPAN_SECONDS = 31 * DAY_SECONDS;

/** Refuses dates that cannot be meant, and tells which of the others are odd. */
export function checkDates(
  { begin, end, beginSeconds, endSeconds }: DateRange,
  nowSeconds: number,
): Result<Warning[], Problem> {
  const known = [beginSeconds, endSeconds].filter((seconds) => seconds !== null);
  const said = `The report spans ${begin} to ${end}.`;
  if (known.some((seconds) => seconds >= MILLISECONDS_FROM)) {
    return bad(refused('bad-dates', `${said} These are milliseconds, where seconds are due.`));
  }
  if (known.some((seconds) => seconds > nowSeconds + AHEAD_SECONDS)) {
    return bad(refused('bad-dates', `${said} That lies more than two days ahead.`));
  }
  if (beginSeconds === null || endSeconds === null) return ok(['date-unreadable']);
  if (endSeconds < beginSeconds) {
    return bad(refused('bad-dates', `${said} Its end lies before its begin.`));
  }
  const warnings: Warning[] = [];
  if ([begin, end].some((text) => FLOAT_DATE.test(text))) warnings.push('date-float');
  if (beginSeconds < FIRST_SECONDS) warnings.push('date-before-2012');
  if (endSeconds - beginSeconds > LONG_SPAN_SECONDS) warnings.push('date-span-long');
  return ok(warnings);
}
