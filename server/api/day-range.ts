import { bad, ok, type Result } from '../../ingest/result.ts';
import { type ApiProblem, problem } from './api-problem.ts';
import { dayText } from '../store/days.ts';
import type { RangeQuery } from './contract-base.ts';

export { dayText } from '../store/days.ts';

/** UTC days, both inclusive. */
export interface ClosedRange {
  from: string;
  to: string;
}

const DAY_SECONDS = 86_400;
const DEFAULT_DAYS = 30;
const MAXIMUM_YEARS = 10;
/** Ten years with the most leap days that they can hold. */
const MAXIMUM_DAYS = 365 * MAXIMUM_YEARS + 3;
/** Reports of other mailboxes may be older than DMARC itself only by mistake. */
const EARLIEST_YEAR = 1970;

/** The last `count` full UTC days: they end yesterday. */
export function lastFullDays(count: number, nowSeconds: number): ClosedRange {
  const today = todayOf(nowSeconds);
  return { from: dayText(today - count), to: dayText(today - 1) };
}

/** What a page asks for: the last 30 full UTC days, unless `from` or `to` says otherwise. */
export function rangeOf(query: RangeQuery, nowSeconds: number): Result<ClosedRange, ApiProblem> {
  const checked = openRangeOf(query);
  if (!checked.ok) return checked;
  const to = query.to ?? lastFullDays(1, nowSeconds).to;
  const from = query.from ?? dayText((dayNumber(to) ?? 0) - DEFAULT_DAYS + 1);
  return closed({ from, to });
}

/** For lists that go on for ever: what is not given stays open. */
export function openRangeOf(
  query: RangeQuery,
): Result<{ from: string | null; to: string | null }, ApiProblem> {
  for (const day of [query.from, query.to]) {
    if (day !== undefined && dayNumber(day) === null) return bad(impossible(day));
  }
  const { from = null, to = null } = query;
  if (from === null || to === null) return ok({ from, to });
  return closed({ from, to });
}

/** Every day of the range, ascending. */
export function daysOf(range: ClosedRange): string[] {
  const first = dayNumber(range.from) ?? 0;
  const last = dayNumber(range.to) ?? -1;
  return Array.from({ length: last - first + 1 }, (_, index) => dayText(first + index));
}

/**
 * A day up to today, as days since 1970; none stays null. The future has no reports.
 */
export function dayOfQuery(
  day: string | undefined,
  nowSeconds: number,
): Result<number | null, ApiProblem> {
  if (day === undefined) return ok(null);
  const number = dayNumber(day);
  if (number === null) return bad(impossible(day));
  if (number <= todayOf(nowSeconds)) return ok(number);
  const message = `${day} has not been yet. Name a day up to today.`;
  return bad(problem(400, 'future-day', message));
}

/** Today in UTC, as days since 1970. */
export const todayOf = (nowSeconds: number): number => Math.floor(nowSeconds / DAY_SECONDS);

function closed(range: ClosedRange): Result<ClosedRange, ApiProblem> {
  const { from, to } = range;
  if (from > to) {
    const message = `The range ends before it begins: from ${from} to ${to}. Swap the two days.`;
    return bad(problem(400, 'range-reversed', message));
  }
  if (daysOf(range).length > MAXIMUM_DAYS) {
    const message =
      `From ${from} to ${to} is more than ${MAXIMUM_YEARS} years. ` +
      'Ask for a shorter range, several times if need be.';
    return bad(problem(400, 'range-too-long', message));
  }
  return ok(range);
}

export const impossible = (day: string): ApiProblem =>
  problem(400, 'no-such-day', `${day} is no day of the calendar. Write a day as 2026-11-23.`);

/** Days since 1970, UTC; null where the calendar has no such day. */
export function dayNumber(day: string): number | null {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (year < EARLIEST_YEAR) return null;
  const number = Date.UTC(year, month - 1, date) / (1_000 * DAY_SECONDS);
  return dayText(number) === day ? number : null;
}
