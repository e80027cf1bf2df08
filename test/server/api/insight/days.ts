import type { ClassDay } from '../../../../server/insight/insight.ts';
import type { DayRange } from '../../../../server/store/store.ts';
import { day, tallyOf } from './tally-of.ts';

/** Reports on every day but the tenth; one day in seven fails in part. */
export const classDays = (range: DayRange, share: number): ClassDay[] => {
  const first = day(range.from ?? '2026-10-24');
  const last = day(range.to ?? '2026-11-22');
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const count = Math.round(share * (90 + 30 * Math.sin(index)));
    const failing = Math.round(share * (index % 7 === 3 ? 30 : 8));
    const spoofed = index > 8 && index < 16 ? Math.round(share * 60 * (index - 8)) : 0;
    return {
      day: first + index,
      reported: index !== 10,
      tally: tallyOf(count + spoofed, {
        bothAligned: Math.max(0, count - 3 * failing - Math.floor(failing / 2) - 2),
        dkimOnly: failing,
        spfOnly: failing,
      }),
      forwarded: failing,
      forwardedFailing: Math.floor(failing / 4),
      ownFailing: Math.floor(failing / 2),
      unauthorised: spoofed,
      unknown: 2,
    };
  });
};
