import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatDay, formatQuantity, formatRatio } from '../format.ts';

type Verdict = Pick<
  VerdictResponse,
  'verdict' | 'change' | 'blockers' | 'earliest' | 'lowVolume' | 'highestFailureRatio'
>;

/** The answer in two or three words, for a table. */
export function verdictLabel({ verdict, change }: Pick<Verdict, 'verdict' | 'change'>): string {
  switch (verdict) {
    case 'advance':
      return change === null ? 'advance' : `advance to ${targetOf(change)}`;
    case 'go-back':
      return 'go back';
    case 'no-data':
      return 'no data';
    case 'stay':
      return 'stay';
  }
}

/** Of "p=none to p=quarantine, leave all else" only where it leads. */
const targetOf = (change: string): string =>
  / to (.+?)[,;]? leave all else/.exec(change)?.[1] ?? 'the next step';

/** When the answer can change; nothing where no day can be told. */
export const earliestSentence = ({ earliest }: Pick<Verdict, 'earliest'>): string | null =>
  earliest === null ? null : `The answer can change on ${formatDay(earliest)} at the earliest.`;

/** What few messages allow to be said; nothing where there are many. */
export function littleMailSentence({ lowVolume, highestFailureRatio }: Verdict): string | null {
  if (!lowVolume) return null;
  const so = 'Little mail: the numbers say less than they would for a busy domain.';
  if (highestFailureRatio === null) return so;
  return `${so} Up to ${formatRatio(highestFailureRatio)} of your mail could fail without having been seen yet.`;
}

/** '2 senders in the way', for a line in a table. */
export const blockersWords = ({ blockers }: Pick<Verdict, 'blockers'>): string | null =>
  blockers.length === 0 ? null : `${formatQuantity(blockers.length, 'sender')} in the way`;

/** Seconds in words for a TTL: '5 minutes', '1 hour', '2 days'. */
export function waitWords(seconds: number): string {
  const units: [seconds: number, word: string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ];
  for (const [size, word] of units) {
    if (seconds >= size) return formatQuantity(Math.ceil(seconds / size), word);
  }
  return formatQuantity(Math.max(1, Math.ceil(seconds)), 'second');
}

/** A record that was made without a reading of DNS asks its reader to fill in the address. */
export const KEEP_YOURS = '<keep yours>';
