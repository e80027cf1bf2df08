import type { Findings } from './case.ts';
import { usualGapDays } from './expected-days.ts';
import { dayInWords, listInWords, percentInWords } from './in-words.ts';
import type { ReportingOperator } from './reported.ts';

/** An operator that used to report and stopped. */
export interface Silent {
  operator: ReportingOperator;
  /** Its part of the messages that vouch, up to its last day. */
  ratio: number;
}

/** Silence for longer than the larger of some days and some of its own usual gaps. */
export function silentOperators({ reported, at, settings }: Findings): Silent[] {
  return reported.operators
    .filter(({ days }) => days.size >= settings.operatorDays)
    .filter(({ days, lastDay }) => at - lastDay > staleAfter([...days.keys()], settings))
    .map((operator) => ({ operator, ratio: ratioUntil(operator, reported.operators) }));
}

/** Days after which the newest report of these days is stale. */
export function staleAfter(
  days: readonly number[],
  { staleDays, staleGaps }: Findings['settings'],
): number {
  return Math.max(staleDays, staleGaps * usualGapDays(days));
}

function ratioUntil(operator: ReportingOperator, all: readonly ReportingOperator[]): number {
  let sum = 0;
  for (const { days } of all)
    for (const [day, messages] of days) if (day <= operator.lastDay) sum += messages;
  return sum === 0 ? 0 : operator.messages / sum;
}

/** Names each with its part; where all stopped, the way of the reports itself is suspected. */
export function silenceInWords(silent: readonly Silent[], { reported }: Findings): string {
  if (silent.length === 0) return '';
  const last = Math.max(...silent.map(({ operator }) => operator.lastDay));
  if (silent.length === reported.operators.length)
    return ` All operators fell silent, the last on ${dayInWords(last)}: suspect the way of the reports itself, that is the rua address, its mailbox, or the record in DNS.`;
  const named = silent.map(
    ({ operator, ratio }) =>
      `${operator.name} (${percentInWords(ratio)} of the mail, last on ${dayInWords(operator.lastDay)})`,
  );
  return ` Fell silent: ${listInWords(named)}.`;
}
