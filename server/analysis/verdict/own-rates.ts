import { type Case, longestWindow } from './case.ts';
import { type Days, type SourceDays, sumOf, sumOver } from './source-days.ts';

/** Passing and failing mail of one own source, over the days that suit its volume. */
export interface OwnRate {
  source: SourceDays;
  aligned: number;
  /** Without those explained. */
  failed: number;
  explained: number;
  /** Its passing mail in the usual window is too little for a bound of its own. */
  isSmall: boolean;
  window: Days;
}

/** A source with little mail is looked at over a longer time. */
export function sourceWindow(about: Case, source: SourceDays): Days {
  if (about.lowVolume || isSmall(about, source)) return longestWindow(about);
  return about.window;
}

function isSmall({ settings, rung, at }: Case, source: SourceDays): boolean {
  const usual = { from: at - settings.windowDays + 1, to: at };
  return sumOf(source, 'aligned', usual) < rung.messagesForBound;
}

/**
 * `leaving`: days at the beginning of the window whose failures are not counted, because after so
 * many days they will have left it. Where little mail decides, failures that the user has marked as
 * mended are explained, if its service has passed since.
 */
export function ownRate(about: Case, source: SourceDays, leaving = 0): OwnRate {
  const window = sourceWindow(about, source);
  const small = isSmall(about, source);
  const counted = { from: window.from + leaving, to: window.to };
  const all = sumOf(source, 'failed', counted);
  const mended = about.lowVolume || small ? mendedDay(about, source) : null;
  const failed =
    mended === null
      ? all
      : sumOf(source, 'failed', { from: Math.max(counted.from, mended), to: counted.to });
  const aligned = sumOf(source, 'aligned', window);
  return { source, aligned, failed, explained: all - failed, isSmall: small, window };
}

/** The day from which on failures count again; null where the user marked nothing, or nothing passed since. */
function mendedDay({ words, at, own }: Case, source: SourceDays): number | null {
  const days = words.fixed
    .filter(({ sourceId, day }) => sourceId === source.source.id && day <= at)
    .map(({ day }) => day);
  if (days.length === 0) return null;
  const day = Math.max(...days);
  // A service that signed as itself is mended by signing as the owner, and then is another source.
  const same = own.filter((other) => other.source.network.id === source.source.network.id);
  return sumOver(same, 'aligned', { from: day, to: at }) > 0 ? day : null;
}
