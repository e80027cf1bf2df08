import type { DmarcChanges } from '../../records/change-dmarc-record.ts';
import { areOpen, earliestOf } from '../gates/all-gates.ts';
import type { Finding } from '../gates/finding.ts';
import type { Blocker, Verdict } from '../verdict-types.ts';
import { blockersOf } from './blockers.ts';
import type { Findings } from './case.ts';
import type { Chosen } from './choose-case.ts';
import { type Harm, harmOf, stepDown } from './go-back.ts';
import { dayInWords, messagesInWords } from './in-words.ts';
import { forceInWords } from './policy-in-force.ts';
import { explicitSp } from './published.ts';
import { rollBackOf, waitingPlan } from './roll-back.ts';
import { advanceSentence, staySentence } from './sentence.ts';
import {
  gatesToSilence,
  isSaidToSendNothing,
  quietDays,
  SILENT_RECORDS,
  stepToSilence,
} from './sends-nothing.ts';
import { targetRecord } from './target-record.ts';

/** The answer and what belongs to it. */
export type Decision = Pick<
  Verdict,
  'verdict' | 'sentence' | 'record' | 'change' | 'earliest' | 'rollBack' | 'notes'
> & { gates: readonly Finding[]; blockers: readonly Blocker[] };

const NO_STEP = { record: null, change: null, earliest: null, rollBack: null, notes: [] };

/** First harm, then silence, then the gates. */
export function decide(chosen: Chosen): Decision {
  const { force } = chosen.about.policy;
  const harm = force.p === 'none' ? null : harmOf(chosen.about, force.p);
  if (harm?.state === 'going-on') return goBack(chosen, harm);
  if (harm !== null) return watch(chosen, harm);
  if (isSaidToSendNothing(chosen.about) && hasNoOtherMail(chosen.about)) return silence(chosen);
  if (chosen.isTop) return atTop(chosen);
  if (!areOpen(chosen.gates)) return stay(chosen);
  const next = harmOf(chosen.about, chosen.about.step.target);
  if (next !== null) return holdForHarm(chosen, next);
  return isHeldByLists(chosen) ? holdForLists(chosen) : advance(chosen);
}

function goBack({ about, gates }: Chosen, harm: Harm): Decision {
  const { changes, told } = stepDown(about, explicitSp(about), harm);
  const blockers = withHarmed(blockersOf(about, gates), harm);
  return {
    ...{ ...NO_STEP, verdict: 'go-back', gates, blockers },
    ...{ record: targetRecord(about, changes), change: changeInWords(told) },
    sentence: `Go back from ${told.replace(' back to ', ' to ')}: ${harm.told}.`,
  };
}

function watch({ about, gates }: Chosen, harm: Harm): Decision {
  const until = harm.lastDay + about.settings.goBackDays;
  return {
    ...{ ...NO_STEP, verdict: 'stay', gates },
    blockers: withHarmed(blockersOf(about, gates), harm),
    earliest: Math.max(until, earliestOf(gates) ?? until),
    sentence: `Stay at ${forceInWords(about.policy.force)}: fixed, watching until ${dayInWords(until)}. ${harm.told}; none on the last days with reports.`,
  };
}

/** What is little enough here would be reason to go back from the next rung at once. */
function holdForHarm({ about, gates }: Chosen, harm: Harm): Decision {
  const { policy, step, settings } = about;
  return {
    ...{ ...NO_STEP, verdict: 'stay', gates, blockers: withHarmed([], harm) },
    earliest: harm.lastDay + settings.goBackDays,
    sentence: `Stay at ${forceInWords(policy.force)}: ${harm.told}. At p=${step.target} that would be reason to go back.`,
  };
}

/** The harmed sources first, each once. */
function withHarmed(blockers: readonly Blocker[], harm: Harm): Blocker[] {
  const harmed = harm.sources.map(({ source, acted }): Blocker => {
    const known = blockers.find((blocker) => blocker.source === source.id);
    const reason = `${messagesInWords(acted)} of it were quarantined or rejected since ${dayInWords(harm.beganDay)}.`;
    if (known !== undefined) return { ...known, reason: `${reason} ${known.reason}` };
    return { source: source.id, name: source.name, reason, messages: acted, gates: [] };
  });
  const ids = new Set(harmed.map(({ source }) => source));
  return [...harmed, ...blockers.filter(({ source }) => !ids.has(source))];
}

function atTop({ about, gates }: Chosen): Decision {
  const blockers = blockersOf(about, gates);
  const top = 'Stay at p=reject: nothing stricter exists, and the gates only watch.';
  return {
    ...{ ...NO_STEP, verdict: 'stay', gates, blockers },
    sentence: areOpen(gates)
      ? `${top} All of them are met.`
      : `${top} ${staySentence(about, gates, blockers)
          .replace('Stay at p=reject: ', 'To look at: ')
          .replace(/ stands? in the way\./, '.')}`,
  };
}

function stay({ about, gates }: Chosen): Decision {
  const blockers = blockersOf(about, gates);
  return {
    ...{ ...NO_STEP, verdict: 'stay', gates, blockers, notes: silenceQuestion(about) },
    earliest: earliestOf(gates),
    sentence: staySentence(about, gates, blockers),
  };
}

/** Only the user can say that a domain sends nothing; that it looks so is worth a question. */
function silenceQuestion(findings: Findings): string[] {
  const { settings, mail, words } = findings;
  if (words.sendsNothing !== null || quietDays(findings) < settings.sendsNothingDays) return [];
  return [
    `No mail of ${mail.domain} was seen for ${settings.sendsNothingDays} days. If it sends nothing, say so: it may then go to p=reject at once.`,
  ];
}

/** RFC 9989 tells domains with list users not to publish reject; the choice remains the user's. */
function isHeldByLists({ about }: Chosen): boolean {
  const { listUsers, step, policy, words, at } = about;
  const isChosen = words.waivers.some(
    ({ gate, day, untilDay }) => gate === 'forwarding-loss' && day <= at && at <= untilDay,
  );
  return listUsers && step.target === 'reject' && policy.rung === 'quarantine' && !isChosen;
}

function holdForLists({ about, gates }: Chosen): Decision {
  return {
    ...{ ...NO_STEP, verdict: 'stay', gates, blockers: [] },
    sentence: `Stay at ${forceInWords(about.policy.force)}: your users write to mailing lists, and RFC 9989 tells such domains not to publish p=reject. Every gate is met.`,
  };
}

function advance({ about, gates, notes }: Chosen): Decision {
  const plan = waitingPlan(about);
  return {
    ...{ verdict: 'advance', gates, blockers: [], earliest: null },
    sentence: advanceSentence(about, gates),
    ...stepUp(about, about.step.changes, about.step.told),
    rollBack: rollBackOf(about),
    notes: plan === null ? notes : [plan, ...notes],
  };
}

function stepUp(findings: Findings, changes: DmarcChanges, told: string) {
  return { record: targetRecord(findings, changes), change: changeInWords(told) };
}

const changeInWords = (told: string): string => `${told}; leave all else`;

/** The user's word stands until mail speaks against it. */
function hasNoOtherMail(findings: Findings): boolean {
  const since = findings.words.sendsNothing?.day ?? findings.at;
  return quietDays(findings) >= Math.min(findings.settings.sendsNothingDays, findings.at - since);
}

function silence({ about }: Chosen): Decision {
  const gates = gatesToSilence(about);
  const step = stepToSilence(about);
  const base = { ...NO_STEP, gates, blockers: [] };
  const present = forceInWords(about.policy.force);
  if (step === null)
    return { ...base, verdict: 'stay', sentence: `Stay at ${present}: it sends nothing.` };
  if (!areOpen(gates))
    return {
      ...{ ...base, verdict: 'stay', earliest: earliestOf(gates) },
      sentence: staySentence({ ...about, ownAligned: 0 }, gates, []),
    };
  const by = about.words.sendsNothing?.by ?? '';
  return {
    ...{ ...base, verdict: 'advance' },
    sentence: `Advance from ${step.told}: ${by} said that the domain sends nothing, and no mail of it was seen for ${quietDays(about)} days.`,
    ...stepUp(about, step.changes, step.told),
    rollBack: rollBackOf({ ...about, step }),
    notes: [SILENT_RECORDS],
  };
}
