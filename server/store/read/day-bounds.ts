import { dayNumber, WITHOUT_A_DAY } from '../days.ts';
import type { DayRange } from '../store.ts';

/** A range of days as bounds that always hold; without a range they include what has no day. */
export interface DayBounds {
  from: number;
  to: number;
  /** A range was given: reports without a day are left out. */
  dated: boolean;
}

const FOR_EVER = 2 ** 31;

export function dayBounds({ from, to }: DayRange): DayBounds {
  const dated = from !== null || to !== null;
  return {
    from: from === null ? (dated ? 0 : WITHOUT_A_DAY) : dayNumber(from),
    to: to === null ? FOR_EVER : dayNumber(to),
    dated,
  };
}

/**
 * Condition on a counted report `r`: it lies on a day of the range. A report spans 31 days at most, and
 * touches 32, which bounds the part of the index that is read.
 */
export const REPORT_IN_RANGE = 'r.first_day BETWEEN @from - 31 AND @to AND r.last_day >= @from';
