import { zoneOf } from './zone-of.ts';

/** Questions in a row without any answer, after which a zone is asked no more in a run. */
const DEAD_AFTER = 12;
/**
 * The same of a whole run that had answers: more than the names of strangers' zones that one domain is
 * asked about, so that those alone end no run.
 */
const LOST_AFTER = 120;

export interface Silences {
  /** Is there no use in asking for the name in this run? */
  isGivenUp(name: string): boolean;
  /** A question for the name had an answer, of whatever kind, or none. */
  note(name: string, isSilent: boolean): void;
}

/**
 * Counts silences by zone: the dead zone of a stranger says nothing of another zone. A resolver that
 * has answered nothing at all is given up after `deadAfter` of any zones.
 */
export function countSilences(deadAfter = DEAD_AFTER): Silences {
  const byZone = new Map<string, number>();
  let inARow = 0;
  let hasAnswered = false;
  return {
    isGivenUp: (name) =>
      inARow >= (hasAnswered ? LOST_AFTER : deadAfter) ||
      (byZone.get(zoneOf(name)) ?? 0) >= DEAD_AFTER,
    note: (name, isSilent) => {
      const zone = zoneOf(name);
      hasAnswered ||= !isSilent;
      inARow = isSilent ? inARow + 1 : 0;
      byZone.set(zone, isSilent ? (byZone.get(zone) ?? 0) + 1 : 0);
    },
  };
}
