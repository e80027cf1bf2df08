import type { DomainMail } from '../../store/domain-mail.ts';
import type { ClassifiedSource } from '../classified.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { knownServices } from '../service-facts.ts';

const known = knownServices(catalogue);

/**
 * Whether own mail went through a mailing list since some day, as reporters or a list's return path say.
 */
export function writesToLists(
  { streams }: DomainMail,
  sources: readonly ClassifiedSource[],
  from: number,
): boolean {
  const isList = remembered(known.isMailingListReturnPath);
  const wentThroughList = (index: number): boolean => {
    const stream = streams[index];
    if (stream === undefined || (stream.lastDay ?? 0) < from) return false;
    const { policyEvaluated, identifiers } = stream.shape;
    return (
      policyEvaluated.reasons.some(({ type }) => type === 'mailing_list') ||
      isList(identifiers.envelopeFrom)
    );
  };
  return sources.some(
    (source) =>
      (source.class === 'forwarder' || source.class === 'own') &&
      source.streams.some(wentThroughList),
  );
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
