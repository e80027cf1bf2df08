import type { ClassSums } from '../../../../server/analysis/verdict-types.ts';
import { isActedOn, isAligned, isNotJudged, type RawRecord } from './records.ts';

export interface Between {
  from: number;
  to: number;
}

export function total(records: readonly RawRecord[]): number {
  let sum = 0;
  for (const { messages } of records) sum += messages;
  return sum;
}

export function within(records: readonly RawRecord[], { from, to }: Between): RawRecord[] {
  return records.filter(({ day }) => from <= day && day <= to);
}

export function sumsOf(records: readonly RawRecord[]): ClassSums {
  const said = (what: 'dkimAligned' | 'spfAligned') =>
    records.filter(({ shape }) => shape.policyEvaluated[what] === true);
  return {
    messages: total(records),
    dmarcAligned: total(records.filter(isAligned)),
    dkimAligned: total(said('dkimAligned')),
    spfAligned: total(said('spfAligned')),
  };
}

export const aligned = (records: readonly RawRecord[]): number => total(records.filter(isAligned));

export const failed = (records: readonly RawRecord[], domain: string): number =>
  total(records.filter((record) => !isAligned(record) && !isNotJudged(record, domain)));

export const notJudged = (records: readonly RawRecord[], domain: string): number =>
  total(records.filter((record) => isNotJudged(record, domain)));

export const acted = (records: readonly RawRecord[]): number =>
  total(records.filter((record) => !isAligned(record) && isActedOn(record)));

/** The dkim result counted for nothing, and SPF for everything. */
export const spfAlone = (records: readonly RawRecord[]): number =>
  total(
    records.filter(({ shape: { policyEvaluated } }) => {
      return policyEvaluated.spfAligned === true && policyEvaluated.dkimAligned !== true;
    }),
  );

/**
 * The lower end of the 95% Wilson interval, found by halving: the smallest true ratio under which the
 * observed one lies no more than 1.96 standard errors above it.
 */
export function lowerBound(passing: number, judged: number): number {
  const observed = passing / judged;
  let low = 0;
  let high = observed;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    const error = 1.96 * Math.sqrt((middle * (1 - middle)) / judged);
    if (observed - middle > error) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
