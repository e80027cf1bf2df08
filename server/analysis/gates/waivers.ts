import type { UserWords } from '../../store/domain-mail.ts';
import { dayInWords } from '../verdict/in-words.ts';
import type { Finding } from './finding.ts';

/**
 * A gate that is not met counts as accepted while a named user's waiver of it holds. A waiver that
 * has ended is told, and changes nothing.
 */
export function withWaiver(gate: Finding, { waivers }: UserWords, at: number): Finding {
  if (gate.state !== 'not-met' && gate.state !== 'not-enough-data') return gate;
  const said = waivers
    .filter((waiver) => waiver.gate === gate.id && waiver.day <= at)
    .sort((a, b) => b.untilDay - a.untilDay)[0];
  if (said === undefined) return gate;
  const { by, day, reason, untilDay } = said;
  if (untilDay < at)
    return {
      ...gate,
      detail: `${gate.detail} ${by} accepted this until ${dayInWords(untilDay)}; that has ended.`,
    };
  return {
    ...gate,
    state: 'accepted',
    detail: `${gate.detail} Accepted by ${by} on ${dayInWords(day)} until ${dayInWords(untilDay)}: ${reason}`,
    waiver: { by, day, reason, untilDay },
  };
}
