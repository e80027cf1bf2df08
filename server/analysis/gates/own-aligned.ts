import { highestFailureRatio, wilsonLowerBound } from '../verdict/bounds.ts';
import type { Case } from '../verdict/case.ts';
import { countInWords, dayInWords, messagesInWords, percentInWords } from '../verdict/in-words.ts';
import { type OwnRate, ownRate } from '../verdict/own-rates.ts';
import { daysWith, type SourceDays, sumOf, sumOver } from '../verdict/source-days.ts';
import { daysUntil, type Finding, met, notEnoughData, notMet } from './finding.ts';

/** Own mail passes DMARC: in sum with confidence, and in each source as observed. */
export function ownAligned(about: Case): Finding {
  return about.lowVolume ? ofLittleMail(about) : ofMuchMail(about);
}

/** Own sources that hold the gate open, the most failures first. */
export function needingWork(about: Case): SourceDays[] {
  const failing = ratesOf(about, 0)
    .filter(({ failed }) => failed > 0)
    .sort((a, b) => b.failed - a.failed);
  const tooLow = failing.filter((rate) => isTooLow(about, rate));
  // Without those that are too low the rest may well do: then the rest holds nothing open.
  const rest = failing.filter((rate) => !tooLow.includes(rate));
  return (holdsInSum(about, rest) ? tooLow : failing).map(({ source }) => source);
}

function ratesOf(about: Case, leaving: number): OwnRate[] {
  return about.own.map((source) => ownRate(about, source, leaving));
}

/** The rate observed is below what the rung asks for. */
function isTooLow({ rung, lowVolume }: Case, { aligned, failed }: OwnRate): boolean {
  if (lowVolume) return false;
  return failed > 0 && aligned < rung.alignedRatio * (aligned + failed);
}

/** In sum, were these the only failures. */
function holdsInSum(about: Case, failing: readonly OwnRate[], leaving = 0): boolean {
  const { ownAligned: aligned, rung } = about;
  const window = { ...about.window, from: about.window.from + leaving };
  if (about.lowVolume) {
    const failed = failing.reduce((sum, rate) => sum + rate.failed, 0);
    return failed <= failuresAllowed(about, aligned + failed);
  }
  const failed = failing.reduce((sum, { source }) => sum + sumOf(source, 'failed', window), 0);
  return (wilsonLowerBound(aligned, aligned + failed) ?? 0) >= rung.alignedRatio;
}

function failuresAllowed({ rung }: Case, judged: number): number {
  return judged >= rung.messagesForOneFailure ? 1 : 0;
}

function ofMuchMail(about: Case): Finding {
  const { own, ownAligned: aligned, rung, window } = about;
  const failed = sumOver(own, 'failed', window);
  const value = wilsonLowerBound(aligned, aligned + failed);
  const threshold = rung.alignedRatio;
  const holding = needingWork(about);
  const found = `${aligned} of ${messagesInWords(aligned + failed)} of own mail pass DMARC: ${percentInWords(value ?? 0)} as the lower bound with 95% confidence`;
  const small = smallInWords(about);
  if (holding.length === 0)
    return met('own-aligned', { value, threshold, detail: `${found}.${small}` });
  const rates = holding.map((source) => rateInWords(ownRate(about, source)));
  return notMet('own-aligned', {
    ...{ value, threshold, sources: holding.map(({ source }) => source.id) },
    earliest: earliestDay(about),
    detail: `${found}; ${percentInWords(threshold)} is wanted in sum and from every source. ${rates.slice(0, 3).join(' ')}${small}`,
  });
}

function rateInWords({ source, aligned, failed, window }: OwnRate): string {
  const days = window.to - window.from + 1;
  return `${source.source.name}: ${failed} of ${aligned + failed} fail in ${days} days.`;
}

/** Sources too small for a bound of their own are told with what they still leave open. */
function smallInWords(about: Case): string {
  const small = ratesOf(about, 0)
    .filter(({ aligned, failed }) => failed === 0 && aligned > 0)
    .filter(({ aligned }) => aligned < about.rung.messagesForBound)
    .sort((a, b) => b.aligned - a.aligned);
  const [largest] = small;
  if (largest === undefined) return '';
  const ratio = highestFailureRatio(largest.aligned) ?? 1;
  const more = small.length === 1 ? '' : `, and for ${small.length - 1} smaller`;
  return ` Too small for a bound: up to ${percentInWords(ratio)} could fail at ${largest.source.source.name}${more}.`;
}

/** Personal domains: no unexplained failure over a longer time, and enough to look at. */
function ofLittleMail(about: Case): Finding {
  const { own, ownAligned: aligned, rung, window, settings } = about;
  const rates = ratesOf(about, 0);
  const failed = rates.reduce((sum, rate) => sum + rate.failed, 0);
  const explained = rates.reduce((sum, rate) => sum + rate.explained, 0);
  const days = new Set(own.flatMap((source) => daysWith(source, 'aligned', window))).size;
  const threshold = rung.alignedRatio;
  const value = aligned + failed === 0 ? null : aligned / (aligned + failed);
  const held = explained === 0 ? '' : `, ${explained} explained as mended`;
  const found = `Little mail: ${aligned} of ${messagesInWords(aligned + failed)} pass DMARC on ${countInWords(days, 'day')} since ${dayInWords(window.from)}${held}`;
  const holding = needingWork(about).map(({ source }) => source.id);
  if (holding.length > 0)
    return notMet('own-aligned', {
      ...{ value, threshold, sources: holding, earliest: earliestDay(about) },
      detail: `${found}. With so little mail ${failuresAllowed(about, aligned + failed) === 0 ? 'no failure' : 'only one failure'} may stay unexplained. Mend the source, then mark it as mended.`,
    });
  if (aligned < settings.littleMailMessages || days < settings.littleMailDays)
    return notEnoughData('own-aligned', {
      ...{ value, threshold, earliest: enoughDay(about, aligned, days) },
      detail: `${found}; ${settings.littleMailMessages} passing messages on ${settings.littleMailDays} days are wanted. Wait for more mail.`,
    });
  const ratio = highestFailureRatio(aligned) ?? 1;
  return met('own-aligned', {
    ...{ value, threshold },
    detail: `${found}. Up to ${percentInWords(ratio)} could still fail (3/n).`,
  });
}

/** As much mail a day as so far; at the soonest one new day of mail a day. */
function enoughDay({ settings, window, at }: Case, aligned: number, days: number): number {
  const length = window.to - window.from + 1;
  const byMessages =
    aligned === 0 ? 1 : ((settings.littleMailMessages - aligned) * length) / aligned;
  return at + Math.max(1, Math.ceil(byMessages), settings.littleMailDays - days);
}

/** The failures leave the window, and nothing fails any more. */
function earliestDay(about: Case): number | null {
  const failing = ratesOf(about, 0)
    .filter(({ failed }) => failed > 0)
    .map(({ source }) => source);
  const days = daysUntil(about.settings.littleMailWindowDays, (leaving) => {
    const rates = failing.map((source) => ownRate(about, source, leaving));
    if (rates.some((rate) => isTooLow(about, rate))) return false;
    return holdsInSum(about, rates, leaving);
  });
  return days === null ? null : about.at + days;
}
