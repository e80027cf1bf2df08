import { rhythmOf } from '../rhythm.ts';

/** Which days of a domain should have brought a report, told from those that did. */
export interface Expected {
  /** Longest usual gap between days with reports. */
  gapDays: number;
  /** Part of the expected days from `from` to `to` that have a report; null where none is expected. */
  ratioIn: (from: number, to: number, days: ReadonlySet<number>) => number | null;
}

const WEEK = 7;
/** Weeks before the window from which on its days of the week are a habit to hold it to. */
const FEWEST_WEEKS = 3;
/** A day of the week that brought a report so often is expected to bring one. */
const OFTEN = 0.9;
/** With fewer such days of the week the domain has no weekly habit. */
const FEWEST_WEEKDAYS = 5;

/**
 * From the days that brought a report. A domain with a weekly habit is held to it: on each day of
 * the week that nearly always brought a report before the window, one is expected in it. Any other
 * misses one whenever its longest usual gap goes by in silence.
 *
 * @param windowFrom first day of the window; what came before it makes the habit, if that is enough
 */
export function expectedDays(
  days: readonly number[],
  windowFrom: number,
  to: number,
): Expected | null {
  const first = days[0];
  if (first === undefined) return null;
  const gapDays = usualGapDays(days);
  const isEnough = windowFrom - first >= FEWEST_WEEKS * WEEK;
  const weekdays = usualWeekdays(new Set(days), first, isEnough ? windowFrom - 1 : to);
  return {
    gapDays,
    ratioIn: (from, until, seen) =>
      weekdays === null
        ? ratioByGaps(Math.max(from, first), until, seen, gapDays)
        : ratioByWeekdays(Math.max(from, first), until, seen, weekdays),
  };
}

/** Longest usual gap between these days while they lasted; 1 where they are too few to tell. */
export function usualGapDays(days: readonly number[]): number {
  const rhythm = rhythmOf(days, Math.max(...days));
  return rhythm?.basis === 'gaps' ? rhythm.everyDays : 1;
}

function usualWeekdays(days: ReadonlySet<number>, from: number, to: number): Set<number> | null {
  if (to - from + 1 < FEWEST_WEEKS * WEEK) return null;
  const usual = new Set<number>();
  for (let weekday = 0; weekday < WEEK; weekday += 1) {
    const [came, all] = occurrences(days, from, to, weekday);
    if (came >= OFTEN * all) usual.add(weekday);
  }
  return usual.size < FEWEST_WEEKDAYS ? null : usual;
}

function occurrences(
  days: ReadonlySet<number>,
  from: number,
  to: number,
  weekday: number,
): [number, number] {
  let came = 0;
  let all = 0;
  for (let day = from; day <= to; day += 1) {
    if (day % WEEK !== weekday) continue;
    all += 1;
    if (days.has(day)) came += 1;
  }
  return [came, all];
}

function ratioByWeekdays(
  from: number,
  to: number,
  seen: ReadonlySet<number>,
  weekdays: ReadonlySet<number>,
): number | null {
  let came = 0;
  let expected = 0;
  for (let day = from; day <= to; day += 1) {
    if (!weekdays.has(day % WEEK)) continue;
    expected += 1;
    if (seen.has(day)) came += 1;
  }
  return expected === 0 ? null : came / expected;
}

function ratioByGaps(
  from: number,
  to: number,
  seen: ReadonlySet<number>,
  gapDays: number,
): number | null {
  let came = 0;
  let missed = 0;
  let silent = 0;
  for (let day = from; day <= to; day += 1) {
    silent = seen.has(day) ? 0 : silent + 1;
    if (silent === 0) came += 1;
    else if (silent % gapDays === 0) missed += 1;
  }
  return came + missed === 0 ? null : came / (came + missed);
}
