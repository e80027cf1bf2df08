import { areOpen, gatesOf } from '../gates/all-gates.ts';
import type { Finding } from '../gates/finding.ts';
import { type Case, caseOf, type Findings } from './case.ts';
import { sparedNote } from './notes.ts';
import { explicitSp, isOrganizational } from './published.ts';
import { sourceDays } from './source-days.ts';
import { keepingNamesBelow, nextStep, type Step } from './step.ts';

export interface Chosen {
  about: Case;
  gates: readonly Finding[];
  /** Nothing stricter exists: the gates only watch. */
  isTop: boolean;
  notes: readonly string[];
}

/** The step to judge. Where only names below the domain are not ready, the one that spares them. */
export function chooseCase(findings: Findings): Chosen {
  const step = nextStep(findings.policy, explicitSp(findings), findings.listUsers);
  const about = caseOf(findings, step ?? WATCH);
  const gates = gatesOf(about);
  const chosen = { about, gates, isTop: step === null, notes: [] };
  if (step === null || areOpen(gates) || !canSpare(step, findings)) return chosen;
  const spared = caseOf(findings, keepingNamesBelow(step, findings.policy.force.p));
  const sparedGates = gatesOf(spared);
  if (!areOpen(sparedGates)) return chosen;
  const below = sourceDays(
    findings.mail,
    findings.judgedSources,
    findings.modes,
    ({ shape }) => (shape.identifiers.headerFrom ?? findings.mail.domain) !== findings.mail.domain,
  );
  return { about: spared, gates: sparedGates, isTop: false, notes: [sparedNote(below, spared)] };
}

/** At reject there is no step: the gates of the last one go on watching. */
const WATCH: Step = {
  ...{ kind: 'raise-p', target: 'reject', scope: 'all', changes: {} },
  told: 'p=reject',
};

function canSpare(step: Step, { mail }: Findings): boolean {
  const raises = step.kind === 'raise-p' || step.kind === 'raise-p-testing';
  return raises && step.scope === 'all' && isOrganizational(mail.domain);
}
