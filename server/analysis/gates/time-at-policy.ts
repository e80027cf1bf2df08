import type { Case } from '../verdict/case.ts';
import { dayInWords, daysInWords } from '../verdict/in-words.ts';
import { forceInWords } from '../verdict/policy-in-force.ts';
import { type Finding, met, notMet } from './finding.ts';

/** A month of reports at the policy in force (RFC 9989 on moving towards enforcement). */
export function timeAtPolicy({ policy, rung, at }: Case): Finding {
  const { daysAtPolicy: threshold } = rung;
  const { days: value, published, force } = policy;
  if (published !== null)
    return notMet('time-at-policy', {
      ...{ value, threshold, earliest: at + threshold },
      detail: `DNS publishes ${forceInWords(published)}, and no majority of reports shows it yet. Wait for ${daysInWords(threshold)} of reports.`,
    });
  const found = `${daysInWords(value)} of reports at ${forceInWords(force)}`;
  const since = policy.sinceDay === null ? '' : `, since ${dayInWords(policy.sinceDay)}`;
  if (value >= threshold)
    return met('time-at-policy', { value, threshold, detail: `${found}${since}.` });
  return notMet('time-at-policy', {
    ...{ value, threshold, earliest: at + threshold - value },
    detail: `${found}${since}; ${threshold} are wanted. Wait.`,
  });
}
