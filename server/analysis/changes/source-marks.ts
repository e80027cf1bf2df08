import type { Change } from '../change-types.ts';
import { dayInWords, daysInWords } from '../verdict/in-words.ts';
import { hasBegun, hasEnded, type SourceHistory } from './source-history.ts';

/**
 * First and last mail of own and unknown sources; those who only use the name come and go by the
 * thousand. A first mail is told once a turn of the source had passed without it, a last one once
 * the source has stayed away for longer than its turn.
 * @param reported first day of mail and newest day of a report
 */
export function sourceMarks(
  histories: readonly SourceHistory[],
  reported: { oldestDay: number; newestDay: number },
): Change[] {
  return histories
    .filter(({ source }) => source.class === 'own' || source.class === 'unknown')
    .flatMap((history) => [
      ...(hasBegun(history, reported.oldestDay) ? [firstMail(history)] : []),
      ...(hasEnded(history, reported.newestDay) ? [lastMail(history, reported.newestDay)] : []),
    ]);
}

function firstMail({ source: { id, name }, firstDay }: SourceHistory): Change {
  return {
    day: firstDay,
    kind: 'source-first',
    label: `${name}: first mail`,
    text: `The first mail of ${name} came on ${dayInWords(firstDay)}.`,
    sourceId: id,
  };
}

function lastMail({ source: { id, name }, lastDay }: SourceHistory, newestDay: number): Change {
  return {
    day: lastDay,
    kind: 'source-last',
    label: `${name}: last mail`,
    text: `The last mail of ${name} came on ${dayInWords(lastDay)}; reports of the ${daysInWords(newestDay - lastDay)} since show none.`,
    sourceId: id,
  };
}
