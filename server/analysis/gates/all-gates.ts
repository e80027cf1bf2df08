import type { Case } from '../verdict/case.ts';
import { selectorsInUse } from '../verdict/selectors.ts';
import { afterStep } from './after-step.ts';
import { classes } from './classes.ts';
import { coverage } from './coverage.ts';
import { dkimCarries } from './dkim-carries.ts';
import { dns } from './dns.ts';
import type { Finding } from './finding.ts';
import { forwardingLoss } from './forwarding-loss.ts';
import { ownAligned } from './own-aligned.ts';
import { rhythm } from './rhythm.ts';
import { testingHonoured } from './testing-honoured.ts';
import { timeAtPolicy } from './time-at-policy.ts';
import { withWaiver } from './waivers.ts';

/** Every gate that applies to the step, waivers applied. */
export function gatesOf(about: Case): Finding[] {
  const gates = [
    timeAtPolicy(about),
    rhythm(about),
    coverage(about),
    classes(about),
    ownAligned(about),
    dkimCarries(about),
    forwardingLoss(about),
    afterStep(about),
    testingHonoured(about),
    dns(about, selectorsInUse(about)),
  ];
  return gates.flatMap((gate) => (gate === null ? [] : [withWaiver(gate, about.words, about.at)]));
}

/** Nothing stands in the way. What DNS was not asked is left out of the decision. */
export function areOpen(gates: readonly Finding[]): boolean {
  return gates.every(({ state }) => state !== 'not-met' && state !== 'not-enough-data');
}

/** First day on which no gate can stand in the way any more; null where one of them tells no day. */
export function earliestOf(gates: readonly Finding[]): number | null {
  const closed = gates.filter(({ state }) => state === 'not-met' || state === 'not-enough-data');
  const days = closed.map(({ earliest }) => earliest);
  if (days.length === 0 || days.includes(null)) return null;
  return Math.max(...days.map((day) => day ?? 0));
}
