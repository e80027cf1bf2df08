import { emptyTally, type Tally } from '../../../../ingest/outcome.ts';
import { dayNumber } from '../../../../server/api/day-range.ts';

export const day = (text: string): number => dayNumber(text) ?? 0;

/** A tally whose parts add up: what is not said to be aligned is neither. */
export const tallyOf = (messages: number, parts: Partial<Tally> = {}): Tally => {
  const both = parts.bothAligned ?? 0;
  const dkimOnly = parts.dkimOnly ?? 0;
  const spfOnly = parts.spfOnly ?? 0;
  const aligned = both + dkimOnly + spfOnly;
  return {
    ...emptyTally(),
    messages,
    dmarcAligned: aligned,
    dkimAligned: both + dkimOnly,
    spfAligned: both + spfOnly,
    neither: messages - aligned,
    dispositions: {
      none: messages - aligned,
      quarantine: 0,
      reject: 0,
      pass: aligned,
      unstated: 0,
    },
    ...parts,
  };
};
