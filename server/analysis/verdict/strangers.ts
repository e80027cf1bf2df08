import type { Profile } from '../../../ingest/report.ts';
import type { MailStream } from '../../store/domain-mail.ts';
import type { ClassifiedSource } from '../classified.ts';
import type { ClassSums, SourceNumbers } from '../verdict-types.ts';
import type { Findings } from './case.ts';
import { type Judged, judgedOf } from './evaluated.ts';
import type { Days } from './source-days.ts';

/** Unauthorised mail over a window: shown beside the verdict, and no part of it. */
export interface Strangers {
  /** In the order of the classification. */
  numbers: readonly SourceNumbers[];
  sums: ClassSums;
  failed: number;
  notJudged: number;
}

/** A botnet is thousands of sources of a day or two, so that nothing is summed by day. */
export function strangersOf({ mail, modes, input }: Findings, window: Days): Strangers {
  const judged = judgedReader(modes);
  const all = { ...noMessages(), failed: 0, notJudged: 0 };
  const numbersOf = (source: ClassifiedSource): SourceNumbers => {
    const sums = noMessages();
    let failed = 0;
    let firstDay: number | null = null;
    let lastDay: number | null = null;
    for (const index of source.streams) {
      const stream = mail.streams[index];
      if (stream === undefined) continue;
      const messages = messagesWithin(stream, window);
      const { dkimAligned, spfAligned } = stream.shape.policyEvaluated;
      const counted = judged(stream.shape);
      sums.messages += messages;
      if (counted === 'aligned') sums.dmarcAligned += messages;
      if (counted === 'failed') failed += messages;
      if (counted === 'not-judged') all.notJudged += messages;
      if (dkimAligned === true) sums.dkimAligned += messages;
      if (spfAligned === true) sums.spfAligned += messages;
      if (stream.firstDay === null || stream.lastDay === null) continue;
      firstDay = Math.min(firstDay ?? stream.firstDay, stream.firstDay);
      lastDay = Math.max(lastDay ?? stream.lastDay, stream.lastDay);
    }
    all.messages += sums.messages;
    all.dmarcAligned += sums.dmarcAligned;
    all.dkimAligned += sums.dkimAligned;
    all.spfAligned += sums.spfAligned;
    all.failed += failed;
    return {
      source,
      sums,
      failed,
      needsWork: false,
      everyDays: null,
      highestFailureRatio: null,
      firstDay,
      lastDay,
    };
  };
  const { sources } = input.classification;
  const numbers = sources.filter((one) => one.class === 'unauthorised').map(numbersOf);
  const { failed, notJudged, ...sums } = all;
  return { numbers, sums, failed, notJudged };
}

const noMessages = (): ClassSums => ({
  messages: 0,
  dmarcAligned: 0,
  dkimAligned: 0,
  spfAligned: 0,
});

function messagesWithin({ days, messages }: MailStream, { from, to }: Days): number {
  let sum = 0;
  for (let at = 0; at < days.length; at += 1) {
    const day = days[at] ?? from;
    if (day >= from && day <= to) sum += messages[at] ?? 0;
  }
  return sum;
}

/** A shape is judged once, however many streams have it. */
function judgedReader(modes: Findings['modes']): (shape: Profile) => Judged {
  const known = new Map<Profile, Judged>();
  return (shape) => {
    let judged = known.get(shape);
    if (judged === undefined) known.set(shape, (judged = judgedOf(shape, modes)));
    return judged;
  };
}
