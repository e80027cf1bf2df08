import type { DaysResponse } from '../server/api/contract-sources.ts';
import type { TallyResponse } from '../server/api/contract-base.ts';
import { daySeconds } from './period.ts';

/**
 * Disjoint outcomes of the messages of a day, from the bottom of a stack to its top. What failed is
 * parted by whose it is: own mail, mail that others passed on, and all the rest.
 */
export const OUTCOMES = [
  'bothAligned',
  'dkimOnly',
  'spfOnly',
  'ownFailing',
  'forwardedFailing',
  'otherFailing',
  'notStated',
] as const;
export type OutcomeKey = (typeof OUTCOMES)[number];
export type Outcomes = Record<OutcomeKey | 'messages' | 'actedOn', number>;

type Day = DaysResponse['days'][number];

/** null on a day without a report. */
export function outcomesOf({ tally, ownFailing, forwardedFailing }: Day): Outcomes | null {
  if (tally === null) return null;
  const { messages, bothAligned, dkimOnly, spfOnly, neither, notStated } = tally;
  return {
    ...{ messages, bothAligned, dkimOnly, spfOnly, ownFailing, forwardedFailing },
    otherFailing: Math.max(0, neither - ownFailing - forwardedFailing),
    notStated,
    actedOn: actedOnOf(tally),
  };
}

/** The sum over days; null where none has a report. */
export function sumOutcomes(days: readonly Day[]): Outcomes | null {
  const known = days.map(outcomesOf).filter((outcomes) => outcomes !== null);
  const [first, ...rest] = known;
  if (first === undefined) return null;
  const sum = { ...first };
  for (const outcomes of rest) {
    for (const key of [...OUTCOMES, 'messages', 'actedOn'] as const) sum[key] += outcomes[key];
  }
  return sum;
}

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
  const outcomes = days.map(outcomesOf);
  const tops = OUTCOMES.map((_, level) =>
    outcomes.map((day) => (day === null ? null : stackedUpTo(day, level))),
  );
  return {
    days: days.map(({ day }) => day),
    seconds: days.map(({ day }) => daySeconds(day)),
    tops,
    actedOn: outcomes.map((day) => day?.actedOn ?? null),
  };
}

const stackedUpTo = (outcomes: Outcomes, level: number): number =>
  OUTCOMES.slice(0, level + 1).reduce((sum, outcome) => sum + outcomes[outcome], 0);

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
