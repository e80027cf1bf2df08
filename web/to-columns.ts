import type { DaysResponse, TallyResponse } from '../server/api/contract.ts';
import { daySeconds } from './period.ts';

/** The five disjoint outcomes of a tally, from the bottom of a stack to its top. */
export const OUTCOMES = ['bothAligned', 'dkimOnly', 'spfOnly', 'neither', 'notStated'] as const;
export type OutcomeKey = (typeof OUTCOMES)[number];

/** Columns for the chart: one place per day, null where no report came, which is not zero. */
export interface DayColumns {
  days: string[];
  /** Unix seconds of each day's start. */
  seconds: number[];
  /** Upper edge of each outcome's segment, in the order of OUTCOMES. */
  tops: (number | null)[][];
  /** Messages that receivers quarantined or rejected. */
  actedOn: (number | null)[];
}

export function toColumns(days: DaysResponse['days']): DayColumns {
  const tops = OUTCOMES.map((_, level) =>
    days.map(({ tally }) => (tally === null ? null : stackedUpTo(tally, level))),
  );
  return {
    days: days.map(({ day }) => day),
    seconds: days.map(({ day }) => daySeconds(day)),
    tops,
    actedOn: days.map(({ tally }) => (tally === null ? null : actedOnOf(tally))),
  };
}

const stackedUpTo = (tally: TallyResponse, level: number): number =>
  OUTCOMES.slice(0, level + 1).reduce((sum, outcome) => sum + tally[outcome], 0);

/** Quarantined or rejected: what DMARC made the receivers do. */
export const actedOnOf = ({ dispositions }: TallyResponse): number =>
  dispositions.quarantine + dispositions.reject;

export interface DaysSummary {
  /** The day with most messages; null where no day has any. */
  peak: { day: string; messages: number } | null;
  daysWithoutReports: number;
}

export function summariseDays(days: DaysResponse['days']): DaysSummary {
  let peak: DaysSummary['peak'] = null;
  let daysWithoutReports = 0;
  for (const { day, tally } of days) {
    if (tally === null) daysWithoutReports += 1;
    else if (tally.messages > (peak?.messages ?? 0)) peak = { day, messages: tally.messages };
  }
  return { peak, daysWithoutReports };
}

/** Which places of a row of `count` days get a label, so that at most `most` do, evenly spaced. */
export function labelledPlaces(count: number, most: number): number[] {
  const steps = [1, 2, 7, 14, 28, 91, 182, 364];
  const step = steps.find((days) => Math.ceil(count / days) <= most) ?? Math.ceil(count / most);
  const places: number[] = [];
  for (let place = count - 1; place >= 0; place -= step) places.unshift(place);
  return places;
}
