import { domainName } from '../../ingest/domain-name.ts';
import type { DomainMail } from '../store/domain-mail.ts';

/** What DNS is to be asked about besides the domain itself. */
export interface DnsQuestions {
  /** Selectors of signatures as the domain or a name below it, most messages first. */
  selectors: { selector: string; domain: string }[];
  /** Names below the domain that mail was sent from, most messages first. */
  names: string[];
}

/** Labels with dots between them; any other text of a report would lead into other people's zones. */
const SELECTOR = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/i;

/**
 * Only signatures that passed and names under which something passed are asked about: whoever forges
 * mail could otherwise have any number of names looked up.
 */
export function dnsQuestions({ domain, streams }: DomainMail): DnsQuestions {
  const selectors = new Map<string, Counted<DnsQuestions['selectors'][number]>>();
  const names = new Map<string, Counted<string>>();
  const isBelow = (name: string): boolean =>
    name.endsWith(`.${domain}`) && domainName(name).isValid;
  for (const { shape, messages } of streams) {
    const count = messages.reduce((sum, more) => sum + more, 0);
    for (const { domain: signer, selector, result } of shape.dkim) {
      if (result !== 'pass' || signer === null || selector === null) continue;
      if (!SELECTOR.test(selector) || !(signer === domain || isBelow(signer))) continue;
      add(selectors, `${selector}._domainkey.${signer}`, { selector, domain: signer }, count);
    }
    const { headerFrom } = shape.identifiers;
    const { dkimAligned, spfAligned } = shape.policyEvaluated;
    const isAligned = dkimAligned === true || spfAligned === true;
    if (isAligned && headerFrom !== null && isBelow(headerFrom))
      add(names, headerFrom, headerFrom, count);
  }
  return { selectors: ranked(selectors), names: ranked(names) };
}

interface Counted<T> {
  of: T;
  messages: number;
}

const add = <T>(counts: Map<string, Counted<T>>, key: string, of: T, messages: number) =>
  counts.set(key, { of, messages: (counts.get(key)?.messages ?? 0) + messages });

const ranked = <T>(counts: Map<string, Counted<T>>): T[] =>
  [...counts]
    .sort(([a, { messages: ofA }], [b, { messages: ofB }]) => ofB - ofA || (a < b ? -1 : 1))
    .map(([, { of }]) => of);
