import type { Case } from '../verdict/case.ts';
import { type Expected, expectedDays } from '../verdict/expected-days.ts';
import { countInWords, dayInWords, daysInWords, percentInWords } from '../verdict/in-words.ts';
import { silenceInWords, silentOperators, staleAfter } from '../verdict/silence.ts';
import { type Finding, met, notEnoughData, notMet } from './finding.ts';

/** Enough operators report, on most of the days on which they should, and until now. */
export function coverage(about: Case): Finding {
  const { reported, settings, at, window } = about;
  const threshold = settings.reportedDaysRatio;
  const expected = expectedDays(reported.days, window.from, at);
  const newest = reported.days.at(-1);
  if (expected === null || newest === undefined)
    return notEnoughData('coverage', {
      ...{ value: null, threshold, earliest: at + 1 },
      detail:
        'No report holds mail that passes or that others passed on. Reports of failing mail alone do not show that receivers see your mail.',
    });
  const silent = silentOperators(about);
  const operators = reporting(about) - silent.filter((one) => isReporting(about, one)).length;
  const value = expected.ratioIn(window.from, window.to, new Set(reported.days));
  const stale = staleAfter(reported.days, settings);
  const wrong = [
    ...(operators < settings.operators ? [operatorsInWords(about, operators)] : []),
    ...((value ?? 0) < threshold
      ? [
          `Reports came on ${percentInWords(value ?? 0)} of the days that expect them; ${percentInWords(threshold)} are wanted.`,
        ]
      : []),
    ...(at - newest > stale
      ? [`The newest is of ${dayInWords(newest)}, more than ${daysInWords(stale)} ago.`]
      : []),
  ];
  const silence = silenceInWords(silent, about);
  if (wrong.length > 0)
    return notMet('coverage', {
      ...{ value, threshold, earliest: earliestDay(about, expected) },
      detail: `${wrong.join(' ')}${silence}`,
    });
  return met('coverage', {
    ...{ value, threshold },
    detail: `${countInWords(operators, 'operator')} reported, on ${percentInWords(value ?? 0)} of the days that expect it; the newest report is of ${dayInWords(newest)}.${silence}`,
  });
}

function reporting(about: Case): number {
  return about.reported.operators.filter((operator) => isReporting(about, { operator })).length;
}

function isReporting(
  { window }: Case,
  { operator }: { operator: Case['reported']['operators'][number] },
): boolean {
  return operator.lastDay >= window.from;
}

function operatorsInWords({ settings }: Case, operators: number): string {
  const wanted = `${settings.operators} are wanted, so that no one operator's view decides; you may accept one.`;
  return operators === 0
    ? `No operator reports now; ${wanted}`
    : `Only ${countInWords(operators, 'operator')} reports; ${wanted}`;
}

/** Were there a report on every day from tomorrow on. */
function earliestDay(about: Case, expected: Expected): number {
  const { reported, window, at, settings } = about;
  const seen = new Set(reported.days);
  for (let ahead = 1; ahead <= settings.littleMailWindowDays; ahead += 1) {
    seen.add(at + ahead);
    const ratio = expected.ratioIn(window.from + ahead, window.to + ahead, seen);
    if ((ratio ?? 0) >= settings.reportedDaysRatio) return at + ahead;
  }
  return at + 1;
}
