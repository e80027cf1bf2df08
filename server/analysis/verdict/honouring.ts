import type { MailStream } from '../../store/domain-mail.ts';
import { rungBelow } from '../verdict-settings.ts';
import type { Findings } from './case.ts';
import { judgedOf } from './evaluated.ts';
import { listInWords } from './in-words.ts';
import { operatorReader } from './operators.ts';
import { saysTestMode } from './reported.ts';

/**
 * The part of the mail whose receivers were seen honouring t=y (or pct) since the policy in force
 * began: by policy_test_mode, or by failing mail that got the disposition one level lower without
 * another reason. To speak RFC 9990 alone proves nothing. null where nobody was seen.
 */
export function honouring(findings: Findings): { ratio: number | null; named: string } {
  const { mail, reported, policy, input } = findings;
  const since = policy.sinceDay ?? mail.from;
  const operatorOf = operatorReader();
  const streams = new Map(mail.streams.map((stream) => [stream.id, stream]));
  const seen = new Set<string>();
  for (const { streamId, orgName, email, day } of input.streamReporterDays) {
    const stream = streams.get(streamId);
    if (stream === undefined || day < since || !honours(stream, findings)) continue;
    seen.add(operatorOf(orgName, email).id);
  }
  const messagesSince = (days: ReadonlyMap<number, number>): number =>
    [...days].reduce((sum, [day, messages]) => sum + (day >= since ? messages : 0), 0);
  const sums = reported.operators.map((operator) => ({
    operator,
    messages: messagesSince(operator.days),
  }));
  const honoured = sums.filter(({ operator }) => seen.has(operator.id));
  const all = sums.reduce((sum, { messages }) => sum + messages, 0);
  if (honoured.length === 0 || all === 0) return { ratio: null, named: '' };
  return {
    ratio: honoured.reduce((sum, { messages }) => sum + messages, 0) / all,
    named: listInWords(honoured.map(({ operator }) => operator.name)),
  };
}

function honours(stream: MailStream, { policy, modes }: Findings): boolean {
  if (saysTestMode(stream)) return true;
  const { disposition, reasons } = stream.shape.policyEvaluated;
  const isLower = disposition === rungBelow(policy.force.p);
  return isLower && reasons.length === 0 && judgedOf(stream.shape, modes) === 'failed';
}
