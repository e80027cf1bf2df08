import type { Finding } from '../gates/finding.ts';
import type { Blocker, GateId } from '../verdict-types.ts';
import type { Case } from './case.ts';
import { daysInWords, listInWords, percentInWords } from './in-words.ts';
import { forceInWords } from './policy-in-force.ts';
import { sumOver } from './source-days.ts';

/** Why a gate is closed, in a few words, where no source is to be named. */
const CLOSED: Record<GateId, string> = {
  'time-at-policy': 'too little time at this policy',
  rhythm: 'a source that has not had its turn',
  coverage: 'too few reports',
  classes: 'mail without a class',
  'own-aligned': 'own mail that fails DMARC',
  'dkim-carries': 'mail that passes by SPF alone',
  'forwarding-loss': 'forwarded mail that would be lost',
  'after-step': 'the harm of the last step',
  dns: 'the records in DNS',
  'testing-honoured': 'receivers that do not honour t=y',
};

export function advanceSentence(about: Case, gates: readonly Finding[]): string {
  const { own, window, step } = about;
  const aligned = sumOver(own, 'aligned', window);
  const judged = aligned + sumOver(own, 'failed', window);
  const accepted = gates.filter(({ state }) => state === 'accepted');
  const under =
    accepted.length === 0
      ? 'every gate is met'
      : `every gate is met or accepted (${listInWords(accepted.map((gate) => `${gate.id} by ${gate.waiver?.by ?? ''}`))})`;
  return `Advance from ${step.told}: ${aligned} of ${judged} own messages pass DMARC, and ${under}.${littleMail(about)}`;
}

export function staySentence(
  about: Case,
  gates: readonly Finding[],
  blockers: readonly Blocker[],
): string {
  const closed = gates.filter(({ state }) => state === 'not-met' || state === 'not-enough-data');
  const unnamed = closed.filter(({ sources }) => sources.length === 0);
  const reasons = [
    ...blockers.slice(0, 3).map(({ name, messages }) => `${name} (${messages})`),
    ...(blockers.length > 3 ? [`${blockers.length - 3} more sources`] : []),
    ...unnamed.map((gate) => closedInWords(gate)),
  ];
  const stay = `Stay at ${forceInWords(about.policy.force)}`;
  return `${stay}: ${listInWords(reasons, reasons.length)} ${reasons.length === 1 && !isMany(reasons[0]) ? 'stands' : 'stand'} in the way.${littleMail(about)}`;
}

const isMany = (text: string | undefined): boolean =>
  text !== undefined && (text === CLOSED.dns || text === CLOSED.coverage);

function closedInWords({ id, state, value, threshold }: Finding): string {
  if (id === 'time-at-policy')
    return `${CLOSED[id]} (${value ?? 0} of ${daysInWords(threshold ?? 0)})`;
  if (id === 'own-aligned' && state === 'not-enough-data') return 'too little own mail to judge by';
  return CLOSED[id];
}

/** How much the data still leave open, where they are few. */
function littleMail({ lowVolume, ownAligned }: Case): string {
  if (!lowVolume || ownAligned === 0) return '';
  return ` Little mail: up to ${percentInWords(Math.min(1, 3 / ownAligned))} could still fail unseen.`;
}
