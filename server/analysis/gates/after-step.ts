import { twoProportionsZ } from '../verdict/bounds.ts';
import type { Case } from '../verdict/case.ts';
import { dayInWords, messagesInWords, percentInWords } from '../verdict/in-words.ts';
import { type Days, type SourceDays, sumOf, sumOver } from '../verdict/source-days.ts';
import { daysUntil, type Finding, met, notMet } from './finding.ts';

/** What the last step did to own mail; null where no step towards reject is thought of. */
export function afterStep(about: Case): Finding | null {
  if (about.step.target !== 'reject') return null;
  const { settings, own, at } = about;
  const threshold = settings.actedRatioAfterStep;
  const after = daysAfter(about);
  const acted = sumOver(own, 'acted', after);
  const value = actedRatio(about, after);
  const z = comparison(about, after);
  const compared = comparisonInWords(about, after, z);
  const found = `${messagesInWords(acted)} of own mail (${percentInWords(value)}) were quarantined or rejected since ${dayInWords(after.from)}. ${compared}`;
  const isWorse = z !== null && z > settings.comparisonZ;
  if (value <= threshold && !isWorse) return met('after-step', { value, threshold, detail: found });
  const harmed = own.filter((source) => isHarmed(source, after, value > threshold));
  const days = daysUntil(settings.windowDays, (leaving) => {
    return actedRatio(about, { ...after, from: after.from + leaving }) <= threshold;
  });
  return notMet('after-step', {
    ...{ value, threshold, sources: harmed.map(({ source }) => source.id) },
    earliest: value > threshold ? at + (days ?? 1) : at + 1,
    detail: `${found} At most ${percentInWords(threshold)} may be, and no more may fail than before. Mend what fails, or go back.`,
  });
}

/** The days since the step, without those on which two policies may stand in one report (RFC 9990). */
function daysAfter({ policy, settings, window, at }: Case): Days {
  const begins = policy.sinceDay === null ? window.from : policy.sinceDay + settings.changeDays;
  return { from: Math.max(begins, window.from), to: at };
}

function actedRatio({ own }: Case, days: Days): number {
  const acted = sumOver(own, 'acted', days);
  const aligned = sumOver(own, 'aligned', days);
  return acted === 0 ? 0 : acted / (acted + aligned);
}

function ratesIn(own: readonly SourceDays[], days: Days): { failed: number; judged: number } {
  const failed = sumOver(own, 'failed', days);
  return { failed, judged: failed + sumOver(own, 'aligned', days) };
}

function comparison({ policy, own, settings }: Case, after: Days): number | null {
  if (policy.sinceDay === null) return null;
  const before = { from: policy.sinceDay - settings.windowDays, to: policy.sinceDay - 1 };
  return twoProportionsZ(ratesIn(own, before), ratesIn(own, after));
}

function comparisonInWords({ policy, own, settings }: Case, after: Days, z: number | null): string {
  if (z === null || policy.sinceDay === null)
    return 'No own mail from before the step is kept to compare it with.';
  const before = { from: policy.sinceDay - settings.windowDays, to: policy.sinceDay - 1 };
  const [then, now] = [ratesIn(own, before), ratesIn(own, after)];
  const words = `${percentInWords(now.failed / now.judged)} of own mail fail since, ${percentInWords(then.failed / then.judged)} did before`;
  return z > settings.comparisonZ
    ? `${words}: more than chance explains.`
    : `${words}: not more than chance explains.`;
}

function isHarmed(source: SourceDays, after: Days, byAction: boolean): boolean {
  return sumOf(source, byAction ? 'acted' : 'failed', after) > 0;
}
