import type { DomainMail } from '../../store/domain-mail.ts';
import type { Classification } from '../classify.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { knownServices } from '../service-facts.ts';
import type { Days } from './source-days.ts';

const known = knownServices(catalogue);

/** Streams of own mail that went through a mailing list, as reporters or a list's return path say. */
export function listStreams(
  { streams }: DomainMail,
  { sources }: Classification,
  days: Days,
): number[] {
  const isList = remembered(known.isMailingListReturnPath);
  return sources
    .filter((source) => source.class === 'forwarder' || source.class === 'own')
    .flatMap((source) => source.streams)
    .filter((index) => {
      const stream = streams[index];
      if (stream === undefined || (stream.lastDay ?? 0) < days.from) return false;
      const { policyEvaluated, identifiers } = stream.shape;
      return (
        policyEvaluated.reasons.some(({ type }) => type === 'mailing_list') ||
        isList(identifiers.envelopeFrom)
      );
    });
}

/** The same few return paths come in thousands of streams. */
function remembered(ask: (domain: string | null) => boolean): (domain: string | null) => boolean {
  const answers = new Map<string | null, boolean>();
  return (domain) => {
    const answer = answers.get(domain) ?? ask(domain);
    answers.set(domain, answer);
    return answer;
  };
}
