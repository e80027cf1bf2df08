import type { DaysResponse } from '../../server/api/contract-sources.ts';

/** One day of a source's calendar strip. */
export interface RhythmCell {
  day: string;
  /** `gap`: no report; `none`: reports, but no mail of this source. */
  state: 'gap' | 'none' | 'aligned' | 'failing';
  /** 0 to 1, of the busiest day. */
  share: number;
}

/** A cell a day; a day on which any message failed is a failing one. */
export function rhythmCells(days: DaysResponse['days']): RhythmCell[] {
  const most = Math.max(1, ...days.map(({ tally }) => tally?.messages ?? 0));
  return days.map(({ day, tally }) => {
    if (tally === null) return { day, state: 'gap', share: 0 };
    if (tally.messages === 0) return { day, state: 'none', share: 0 };
    const state = tally.neither > 0 ? 'failing' : 'aligned';
    return { day, state, share: tally.messages / most };
  });
}

/** '25 of 29 reported days', and since when it has been quiet. */
export function rhythmWords(cells: readonly RhythmCell[], everyDays: number | null): string[] {
  const reported = cells.filter(({ state }) => state !== 'gap').length;
  const active = cells.filter(({ state }) => state === 'aligned' || state === 'failing').length;
  const usual =
    everyDays === null
      ? 'How often it usually sends cannot be told yet.'
      : everyDays <= 1
        ? 'It usually sends every day.'
        : `Its longest usual pause is ${everyDays} days.`;
  return [`It sent on ${active} of ${reported} days that reports cover.`, usual];
}
