/**
 * Which UTC days a report counts on. Days are numbered from 1970-01-01, as in the store. A report of up
 * to 26 hours belongs whole to the day of its midpoint, because most reporters overlap midnight by
 * seconds; up to 31 days it is spread by seconds; longer, undated or before 2012 it is without a day.
 */
export type ReportDays =
  | { kind: 'without-a-day' }
  | { kind: 'whole'; day: number }
  | {
      kind: 'spread';
      firstDay: number;
      /** Seconds of the report on each day from the first on. */
      secondsByDay: readonly number[];
    };

/** What stands for the day in roll-ups of what has none. */
export const WITHOUT_A_DAY = -1;

export const DAY_SECONDS = 86_400;
const WHOLE_SECONDS = 26 * 3_600;
const SPREAD_SECONDS = 31 * DAY_SECONDS;
const TIMED_SECONDS = 2 * DAY_SECONDS;
/** 2012-01-01: DMARC was made public in that month, so that an earlier date is a broken clock. */
const EARLIEST_SECONDS = 1_325_376_000;

export function daysOf(beginSeconds: number | null, endSeconds: number | null): ReportDays {
  if (beginSeconds === null || endSeconds === null) return { kind: 'without-a-day' };
  const span = endSeconds - beginSeconds;
  if (beginSeconds < EARLIEST_SECONDS || span < 0 || span > SPREAD_SECONDS) {
    return { kind: 'without-a-day' };
  }
  if (span <= WHOLE_SECONDS) {
    return { kind: 'whole', day: Math.floor((beginSeconds + endSeconds) / 2 / DAY_SECONDS) };
  }
  const firstDay = Math.floor(beginSeconds / DAY_SECONDS);
  const lastDay = Math.floor((endSeconds - 1) / DAY_SECONDS);
  const secondsByDay = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
    const dayBegins = (firstDay + index) * DAY_SECONDS;
    return Math.min(endSeconds, dayBegins + DAY_SECONDS) - Math.max(beginSeconds, dayBegins);
  });
  return { kind: 'spread', firstDay, secondsByDay };
}

/**
 * Does a report tell when its mail was sent? Not where it spans more than 48 hours, begins where it
 * ends or has no usable day.
 */
export function isTimed(beginSeconds: number | null, endSeconds: number | null): boolean {
  if (daysOf(beginSeconds, endSeconds).kind === 'without-a-day') return false;
  const span = (endSeconds ?? 0) - (beginSeconds ?? 0);
  return span > 0 && span <= TIMED_SECONDS;
}

/** First and last day, null without a day. */
export function dayRangeOf(days: ReportDays): { firstDay: number | null; lastDay: number | null } {
  switch (days.kind) {
    case 'without-a-day':
      return { firstDay: null, lastDay: null };
    case 'whole':
      return { firstDay: days.day, lastDay: days.day };
    case 'spread':
      return { firstDay: days.firstDay, lastDay: days.firstDay + days.secondsByDay.length - 1 };
  }
}

/**
 * Spreads `count` messages by seconds: each day gets its exact share rounded down, what is left goes to
 * the largest remainders, ties to the earlier day. The shares add up to `count`.
 */
export function shareOut(count: number, secondsByDay: readonly number[]): number[] {
  const total = secondsByDay.reduce((sum, seconds) => sum + seconds, 0);
  // At most 10^9 messages times 86,400 seconds: exact in a double.
  const shares = secondsByDay.map((seconds) => Math.floor((count * seconds) / total));
  const remainders = secondsByDay.map((seconds) => (count * seconds) % total);
  const left = count - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = remainders
    .map((_, day) => day)
    .sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
  for (const day of byRemainder.slice(0, left)) shares[day] = (shares[day] ?? 0) + 1;
  return shares;
}

/** The messages of each day; WITHOUT_A_DAY stands for none. Days without a message are left out. */
export function sharesByDay(days: ReportDays, count: number): [day: number, messages: number][] {
  if (count === 0) return [];
  switch (days.kind) {
    case 'without-a-day':
      return [[WITHOUT_A_DAY, count]];
    case 'whole':
      return [[days.day, count]];
    case 'spread':
      return shareOut(count, days.secondsByDay).flatMap((share, index) =>
        share === 0 ? [] : [[days.firstDay + index, share]],
      );
  }
}

/** 'YYYY-MM-DD' of a day number. */
export const dayText = (day: number): string =>
  new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);

/** Day number of 'YYYY-MM-DD'. */
export const dayNumber = (text: string): number =>
  Math.floor(Date.parse(`${text}T00:00:00Z`) / 1000 / DAY_SECONDS);
