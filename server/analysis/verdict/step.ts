import type { Disposition } from '../../../ingest/report.ts';
import type { DmarcChanges } from '../../records/change-dmarc-record.ts';
import { rungAbove } from '../verdict-settings.ts';
import { forceInWords, type InForce } from './policy-in-force.ts';

/** Whose mail a changed tag governs: all, that of the domain's own name, that of names below it. */
export type Scope = 'all' | 'own-name' | 'below';

/** The one thing that would change next. */
export interface Step {
  kind: 'raise-p' | 'raise-p-testing' | 'end-testing' | 'end-pct' | 'raise-sp';
  /** The rung whose gates it has to pass. */
  target: 'quarantine' | 'reject';
  scope: Scope;
  changes: DmarcChanges;
  /** "p=none to p=quarantine". */
  told: string;
}

const RUNGS: readonly Disposition[] = ['none', 'quarantine', 'reject'];

export const isLower = (a: Disposition, b: Disposition): boolean =>
  RUNGS.indexOf(a) < RUNGS.indexOf(b);

/**
 * The next step up from a policy; null at the top. pct goes before t, and both before p is raised.
 * @param sp the explicit one; null where p governs names below too
 */
export function nextStep(
  { force, rung, policy }: InForce,
  sp: Disposition | null,
  listUsers: boolean,
): Step | null {
  const { p } = force;
  const scope = sp === null ? 'all' : 'own-name';
  if (p !== 'none' && rung !== p) return ending(force, sp === null || sp !== 'none');
  const target = rungAbove(p);
  if (target === null) return sp === null ? null : raiseSp(sp);
  // Raised with it, a pct that does nothing today would ramp, which RFC 9989 no longer knows.
  if (target === 'quarantine' && policy.pct !== null && policy.pct < 100)
    return {
      ...{ kind: 'end-pct', target, scope, changes: { pct: null } },
      told: `p=none; pct=${policy.pct} to p=none, as the step before p=quarantine`,
    };
  if (target === 'quarantine' && (listUsers || policy.testing === true))
    return {
      ...{ kind: 'raise-p-testing', target, scope, changes: { p: target, testing: true } },
      told: 'p=none to p=quarantine; t=y',
    };
  return {
    ...{ kind: 'raise-p', target, scope, changes: { p: target } },
    told: `p=${p} to p=${target}`,
  };
}

function ending(force: InForce['force'], governsBelow: boolean): Step {
  const target = force.p === 'reject' ? 'reject' : 'quarantine';
  const scope = governsBelow ? 'all' : 'own-name';
  const isPct = force.pct < 100;
  const after = isPct ? { ...force, pct: 100 } : { ...force, testing: false };
  return {
    kind: isPct ? 'end-pct' : 'end-testing',
    ...{ target, scope, changes: isPct ? { pct: null } : { testing: false } },
    told: `${forceInWords(force)} to ${forceInWords(after)}`,
  };
}

function raiseSp(sp: Disposition): Step | null {
  const target = rungAbove(sp);
  if (target === null) return null;
  return {
    ...{ kind: 'raise-sp', target, scope: 'below', changes: { sp: target } },
    told: `sp=${sp} to sp=${target}`,
  };
}

/** The same step for the domain's own name alone: names below keep their present policy by an sp. */
export function keepingNamesBelow(step: Step, present: Disposition): Step {
  return {
    ...step,
    scope: 'own-name',
    changes: { ...step.changes, sp: present },
    told: `${step.told}, and sp=${present} so that subdomains stay as they are`,
  };
}
