/** How often a source sends. */
export interface Rhythm {
  /** Its turn: the longest usual gap between active days. */
  everyDays: number;
  /** `seen-once`: too little to tell, and the default stands for it. */
  basis: 'gaps' | 'seen-once';
  firstDay: number;
  lastDay: number;
}

/** A source that was seen once is taken as monthly. */
export const SEEN_ONCE_DAYS = 35;

/** Longer gaps part one burst from the next. */
const BURST_GAP_DAYS = 7;
/** A gap is usual if another one is at least so long, in parts of it. */
const ALIKE_RATIO = 0.75;

/**
 * The turn of a source, from 3 days of activity or 2 bursts on. A gap that came once and has no like
 * (a holiday, an outage) is not usual. One burst that ended longer ago than it could mean anything
 * is a source seen once: a payroll of three days is no daily sender.
 *
 * @param activeDays days since 1970 UTC of timed mail, in any order
 * @param at last day looked at
 * @returns null without an active day
 */
export function rhythmOf(
  activeDays: readonly number[],
  at: number,
  seenOnceDays = SEEN_ONCE_DAYS,
): Rhythm | null {
  const days = [...new Set(activeDays)].sort((a, b) => a - b);
  const firstDay = days[0];
  const lastDay = days.at(-1);
  if (firstDay === undefined || lastDay === undefined) return null;
  const gap = usualGapOf(days, at);
  return gap === null
    ? { everyDays: seenOnceDays, basis: 'seen-once', firstDay, lastDay }
    : { everyDays: gap, basis: 'gaps', firstDay, lastDay };
}

/**
 * Whether few active days repeat so evenly that they are someone's habit: four or more, a week or a
 * number of weeks apart; or three or more, a month apart.
 */
export function isRegular(activeDays: readonly number[]): boolean {
  const bursts = burstsOf(
    [...new Set(activeDays)].sort((a, b) => a - b),
    BURST_GAP_DAYS - 3,
  );
  const gaps = gapsOf(bursts.map(({ first }) => first));
  const shortest = Math.min(...gaps);
  const longest = Math.max(...gaps);
  const isWeekly = gaps.length >= 3 && shortest >= 5 && longest - shortest <= 3;
  const isMonthly = gaps.length >= 2 && shortest >= 26 && longest <= 36;
  return isWeekly || isMonthly;
}

interface Burst {
  first: number;
  last: number;
}

function usualGapOf(days: readonly number[], at: number): number | null {
  const bursts = burstsOf(days, BURST_GAP_DAYS);
  const [only, second] = bursts;
  if (only === undefined) return null;
  if (second === undefined) {
    const silence = at - only.last;
    const isOver = silence > Math.max(BURST_GAP_DAYS, only.last - only.first);
    return days.length < 3 || isOver ? null : longestUsual(gapsOf(days));
  }
  return longestUsual(isBetweenBursts(bursts) ? gapsBetween(bursts) : gapsOf(days));
}

/** More time passes between the bursts than in them: what happens in one is not the turn. */
function isBetweenBursts(bursts: readonly Burst[]): boolean {
  const within = bursts.reduce((sum, { first, last }) => sum + last - first, 0);
  return within < gapsBetween(bursts).reduce((sum, gap) => sum + gap, 0);
}

/** The longest gap that has a like; of gaps that are all unlike the longest, to be on the safe side. */
function longestUsual(gaps: readonly number[]): number {
  const descending = [...gaps].sort((a, b) => b - a);
  const usual = descending.find((gap, index) => (descending[index + 1] ?? 0) >= gap * ALIKE_RATIO);
  return usual ?? descending[0] ?? 1;
}

function burstsOf(days: readonly number[], gapDays: number): Burst[] {
  const bursts: Burst[] = [];
  for (const day of days) {
    const burst = bursts.at(-1);
    if (burst === undefined || day - burst.last > gapDays) bursts.push({ first: day, last: day });
    else burst.last = day;
  }
  return bursts;
}

function gapsOf(days: readonly number[]): number[] {
  return days.slice(1).map((day, index) => day - (days[index] ?? day));
}

function gapsBetween(bursts: readonly Burst[]): number[] {
  return bursts.slice(1).map(({ first }, index) => first - (bursts[index]?.last ?? first));
}
