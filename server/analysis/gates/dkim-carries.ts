import type { Case } from '../verdict/case.ts';
import { listInWords, messagesInWords, percentInWords } from '../verdict/in-words.ts';
import { sourceWindow } from '../verdict/own-rates.ts';
import { type SourceDays, sumOf, sumOver } from '../verdict/source-days.ts';
import { daysUntil, type Finding, met, notEnoughData, notMet } from './finding.ts';

/** p=reject must not rest on SPF alone (RFC 9989): forwarding breaks SPF, a signature survives. */
export function dkimCarries(about: Case): Finding {
  const { own, ownAligned, window, rung } = about;
  const threshold = rung.spfAloneRatio;
  if (ownAligned === 0)
    return notEnoughData('dkim-carries', {
      ...{ value: null, threshold, earliest: about.at + 1 },
      detail: 'No own mail passes DMARC yet.',
    });
  const alone = sumOver(own, 'spfAlone', window);
  const value = alone / ownAligned;
  const found = `${messagesInWords(alone)} (${percentInWords(value)}) of own mail pass by SPF alone`;
  if (threshold === null)
    return met('dkim-carries', {
      ...{ value, threshold },
      detail: `${found}. Told, not required for p=quarantine.`,
    });
  const leaning = own.filter((source) => leansOnSpf(about, source, 0));
  if (holds(about, 0)) return met('dkim-carries', { value, threshold, detail: `${found}.` });
  const named =
    leaning.length > 0 ? leaning : own.filter((source) => sumOf(source, 'spfAlone', window) > 0);
  return notMet('dkim-carries', {
    ...{ value, threshold, sources: named.map(({ source }) => source.id) },
    earliest: earliestDay(about),
    detail: `${found}, most of it from ${listInWords(named.map(({ source }) => source.name))}. Let these sources sign with a key of the domain.`,
  });
}

/** The mail of days that will have left the window after `leaving` days no longer counts. */
function holds(about: Case, leaving: number): boolean {
  const { own, ownAligned, window, rung } = about;
  const alone = sumOver(own, 'spfAlone', { ...window, from: window.from + leaving });
  return (
    alone <= (rung.spfAloneRatio ?? 1) * ownAligned &&
    !own.some((source) => leansOnSpf(about, source, leaving))
  );
}

function leansOnSpf(about: Case, source: SourceDays, leaving: number): boolean {
  const window = sourceWindow(about, source);
  const alone = sumOf(source, 'spfAlone', { ...window, from: window.from + leaving });
  return alone > (about.rung.spfAloneRatioOfSource ?? 1) * sumOf(source, 'aligned', window);
}

function earliestDay(about: Case): number | null {
  const days = daysUntil(about.settings.littleMailWindowDays, (leaving) => holds(about, leaving));
  return days === null ? null : about.at + days;
}
