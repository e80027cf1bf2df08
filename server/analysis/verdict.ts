import type { Finding } from './gates/finding.ts';
import { needingWork } from './gates/own-aligned.ts';
import { blindSpots } from './verdict/blind-spots.ts';
import { highestFailureRatio } from './verdict/bounds.ts';
import type { VerdictInput } from './verdict/case.ts';
import { chooseCase } from './verdict/choose-case.ts';
import { decide } from './verdict/decide.ts';
import { findingsOf, noData } from './verdict/findings.ts';
import { notesOf } from './verdict/notes.ts';
import { numbersOf } from './verdict/numbers.ts';
import { classSums, ofClass, sumOver } from './verdict/source-days.ts';
import { strangersOf } from './verdict/strangers.ts';
import type { Gate, Verdict } from './verdict-types.ts';

export type { VerdictInput } from './verdict/case.ts';
export { streamsToAskAbout } from './verdict/reported.ts';

/**
 * Whether the policy of a domain can be tightened, has to be loosened, or stays, with what stands in
 * the way. A pure function of data and settings. Own mail is the denominator of everything:
 * unauthorised mail is shown beside it and changes no gate.
 */
export function judge(input: VerdictInput): Verdict {
  const findings = findingsOf(input);
  if (findings === null) return noData(input);
  const chosen = chooseCase(findings);
  const { about } = chosen;
  const { window, lowVolume, ownAligned, policy } = about;
  const { verdict, sentence, record, change, earliest, rollBack, ...decision } = decide(chosen);
  const { all } = findings;
  const working = new Set(needingWork(about).map(({ source }) => source.id));
  const sums = (name: Parameters<typeof ofClass>[1]) => classSums(ofClass(all, name), window);
  const strangers = strangersOf(findings, window);
  return {
    ...{ domain: findings.mail.domain, at: findings.at },
    ...{ verdict, sentence, record, change, earliest, rollBack, lowVolume, window },
    policy: {
      ...{ policy: policy.policy, rung: policy.rung },
      ...{ sinceDay: policy.sinceDay, disputed: policy.disputed },
    },
    highestFailureRatio: lowVolume ? highestFailureRatio(ownAligned) : null,
    gates: decision.gates.map(asGate),
    blockers: decision.blockers,
    ...{ own: sums('own'), forwarded: sums('forwarder') },
    ...{ unauthorised: strangers.sums, unknown: sums('unknown') },
    sources: numbersOf(findings, strangers.numbers, window, working),
    questions: input.classification.questions,
    notJudgedMessages: sumOver(all, 'notJudged', window) + strangers.notJudged,
    listUsers: findings.listUsers,
    blindSpots: blindSpots(findings.dns),
    notes: [...decision.notes, ...notesOf(about, strangers.failed)],
  };
}

function asGate({ id, state, value, threshold, detail, sources, waiver }: Finding): Gate {
  return { id, state, value, threshold, detail, sources, waiver };
}
