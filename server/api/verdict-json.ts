import type { ClassQuestion } from '../analysis/classified.ts';
import type {
  Blocker,
  Gate,
  PolicyInForce,
  SourceNumbers,
  Verdict,
} from '../analysis/verdict-types.ts';
import type { QuestionResponse } from './contract-sources.ts';
import type { RollBackResponse, VerdictResponse } from './contract-verdict.ts';
import { dayText } from './day-range.ts';

const dayOrNull = (day: number | null): string | null => (day === null ? null : dayText(day));

/** A verdict as programs read it: the answer of the API, and of `ruadmap verdict --json`. */
export function verdictJson(verdict: Verdict): VerdictResponse {
  const { domain, sentence, record, change, lowVolume, highestFailureRatio } = verdict;
  const { own, forwarded, unauthorised, unknown, notJudgedMessages, listUsers } = verdict;
  return {
    domain,
    at: dayText(verdict.at),
    policy: verdict.policy === null ? null : policyJson(verdict.policy),
    verdict: verdict.verdict,
    ...{ sentence, record, change },
    earliest: dayOrNull(verdict.earliest),
    ...{ lowVolume, highestFailureRatio },
    window: { from: dayText(verdict.window.from), to: dayText(verdict.window.to) },
    gates: verdict.gates.map(gateJson),
    blockers: verdict.blockers.map(blockerJson),
    ...{ own, forwarded, unauthorised, unknown },
    sources: verdict.sources.map(numbersJson),
    questions: verdict.questions.map(questionJson),
    ...{ notJudgedMessages, listUsers },
    blindSpots: [...verdict.blindSpots],
    rollBack: rollBackJson(verdict.rollBack),
    notes: [...verdict.notes],
  };
}

export const questionJson = ({ sourceId, text, messages }: ClassQuestion): QuestionResponse => ({
  source: sourceId,
  text,
  messages,
});

const policyJson = ({ policy, rung, sinceDay, disputed }: PolicyInForce) => ({
  ...policy,
  rung,
  since: dayOrNull(sinceDay),
  disputed,
});

const gateJson = ({ sources, waiver, ...gate }: Gate) => ({
  ...gate,
  sources: [...sources],
  waiver:
    waiver === null
      ? null
      : {
          by: waiver.by,
          day: dayText(waiver.day),
          reason: waiver.reason,
          until: dayText(waiver.untilDay),
        },
});

const blockerJson = ({ gates, ...blocker }: Blocker) => ({ ...blocker, gates: [...gates] });

const numbersJson = ({ source, sums, firstDay, lastDay, ...numbers }: SourceNumbers) => ({
  id: source.id,
  name: source.name,
  class: source.class,
  ...sums,
  ...numbers,
  firstDay: dayOrNull(firstDay),
  lastDay: dayOrNull(lastDay),
});

function rollBackJson(rollBack: Verdict['rollBack']): RollBackResponse | null {
  if (rollBack === null) return null;
  const { untilDay, ...rest } = rollBack;
  return { ...rest, until: dayText(untilDay) };
}
