import type { Gate, GateId } from '../verdict-types.ts';

/** A gate with the first day on which it can be met, if all that is wrong is put right tomorrow. */
export interface Finding extends Gate {
  earliest: number | null;
  /** Why a source holds the gate open, by source id, where that is not plain from its numbers. */
  because?: ReadonlyMap<string, string>;
}

type Told = Pick<Finding, 'value' | 'threshold' | 'detail'> & Partial<Finding>;

export function met(id: GateId, told: Told): Finding {
  return { sources: [], waiver: null, earliest: null, ...told, id, state: 'met' };
}

export function notMet(id: GateId, told: Told): Finding {
  return { sources: [], waiver: null, earliest: null, ...told, id, state: 'not-met' };
}

export function notEnoughData(id: GateId, told: Told): Finding {
  return { sources: [], waiver: null, earliest: null, ...told, id, state: 'not-enough-data' };
}

/**
 * The number of days, from one on, after which `holds`; null where not within `limit`. What it is
 * asked: would the gate be met if nothing more went wrong for so many days? Once it holds it goes on
 * holding, so halving finds the first.
 */
export function daysUntil(limit: number, holds: (days: number) => boolean): number | null {
  if (!holds(limit)) return null;
  let [low, high] = [0, limit];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
