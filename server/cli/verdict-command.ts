import { verdictJson } from '../api/verdict-json.ts';
import { noReports } from '../analysis/verdict/no-reports.ts';
import type { Verdict } from '../analysis/verdict-types.ts';
import type { VerdictOptions } from '../insight/insight.ts';
import { aboutDomain, type DomainCommand, percent, print } from './open-domain.ts';

/** Answers, not errors: what a script may act on. */
const STATUS: Record<Verdict['verdict'], number> = {
  advance: 0,
  stay: 1,
  'go-back': 2,
  'no-data': 3,
};

const MARKS = { met: '✓', 'not-met': '✗', 'not-enough-data': '?', accepted: '~', 'not-asked': '-' };

/** `ruadmap verdict DOMAIN`: stay, advance or go back, with the gates. */
export async function verdictCommand(
  command: DomainCommand,
  options: VerdictOptions,
): Promise<number> {
  const verdict = await aboutDomain(command, async (insight, domain) => {
    const at = options.at ?? Math.floor(command.nowSeconds() / 86_400) - 1;
    return (await insight.verdict(domain, options)) ?? noReports(domain, at);
  });
  const answer = verdictJson(verdict);
  print(command.json, answer, () => verdictLines(verdict, answer));
  return STATUS[verdict.verdict];
}

function verdictLines(
  verdict: Verdict,
  { earliest, rollBack }: ReturnType<typeof verdictJson>,
): string[] {
  const { sentence, change, record, gates, blockers, own } = verdict;
  const lines = [sentence];
  if (verdict.verdict === 'stay' && earliest !== null) lines.push(`Earliest change: ${earliest}.`);
  if (own.messages > 0) {
    const share = percent(own.dmarcAligned, own.messages);
    lines.push(`Your mail: ${own.messages} messages, ${share} aligned.`);
  }
  if (blockers.length > 0) lines.push('', 'In the way:');
  for (const [index, { name, source, reason }] of blockers.entries())
    lines.push(`  ${index + 1}  ${name} (${source}): ${reason}`);
  if (gates.length > 0) lines.push('', 'Gates:');
  for (const { state, detail } of gates) lines.push(`  ${MARKS[state]} ${detail}`);
  if (change !== null) lines.push('', `Change: ${change}`);
  if (record !== null) lines.push(`Record: ${record}`);
  if (rollBack !== null) {
    lines.push(`To go back: ${rollBack.oldRecord ?? 'publish the record of today again'}.`);
    lines.push(`Watch until ${rollBack.until}: ${rollBack.watch} ${rollBack.bound}`);
  }
  for (const note of verdict.notes) lines.push('', note);
  return lines;
}
