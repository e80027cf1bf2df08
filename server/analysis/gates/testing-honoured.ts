import type { Case } from '../verdict/case.ts';
import { percentInWords } from '../verdict/in-words.ts';
import { honouring } from '../verdict/honouring.ts';
import { type Finding, met } from './finding.ts';

/** Who has not yet applied the full policy; told before pct or t=y is taken out. null otherwise. */
export function testingHonoured(about: Case): Finding | null {
  const { kind } = about.step;
  if ((kind !== 'end-testing' && kind !== 'end-pct') || about.policy.force.p === 'none')
    return null;
  const { ratio, named } = honouring(about);
  const tag = kind === 'end-pct' ? `pct=${about.policy.force.pct}` : 't=y';
  const whole = kind === 'end-pct' ? 'part of the policy' : 'the policy one level lower';
  return met('testing-honoured', {
    ...{ value: ratio, threshold: null },
    detail:
      ratio === null
        ? `No receiver was seen honouring ${tag}. Those that do will apply the full policy for the first time.`
        : `Receivers of ${percentInWords(ratio)} of the mail were seen honouring ${tag}, that is applying ${whole}: ${named}. For them the full policy is new.`,
  });
}
