import { dayInWords, daysInWords, listInWords, messagesInWords } from '../verdict/in-words.ts';
import type { Rule } from './rules.ts';
import { SCATTERED_NETWORKS } from './thresholds.ts';

/** What the words of a rule are made of. */
export interface Told {
  /** Policy domain. */
  domain: string;
  /** Name of the network. */
  network: string;
  messages: number;
  /** Selectors, domains or receivers' words that the rule speaks of, most messages first. */
  about: readonly string[];
  /** Active days of the source in the window, of so many. */
  days: number;
  windowDays: number;
  steadyDays: number;
  /** Unrelated networks that the shape comes from. */
  networks: number;
  firstDay: number | null;
}

/** One sentence for a rule, with its numbers. */
export function evidenceText(rule: Exclude<Rule, 'user-word'>, told: Told): string {
  return TEXTS[rule](told);
}

type Text = (told: Told) => string;

const TEXTS: Readonly<Record<Exclude<Rule, 'user-word'>, Text>> = {
  'own-network': ({ domain, messages }) =>
    `Sent from a network of ${domain} itself: ${messagesInWords(messages)}.`,
  'own-signature': ({ about, messages }) =>
    `Your own signature${selectors(about)} passed on ${messagesInWords(messages)}.`,
  tenancy: ({ about, messages, domain }) =>
    `Signed by ${listInWords(about)} on ${messagesInWords(messages)}: how the service signs for ${domain}.`,
  'own-return-path': ({ domain, messages }) =>
    `SPF passed for a return path of ${domain} on ${messagesInWords(messages)}.`,
  'failing-own-signature': ({ about, messages }) =>
    `Your own signature${selectors(about)} came broken on ${messagesInWords(messages)}, from a sender that you use.`,
  'same-address': ({ messages }) =>
    `Most of these ${messagesInWords(messages)} came from addresses that also send mail tied to you.`,
  'dns-error': ({ domain, messages }) =>
    `A return path of ${domain} from a sender that you use; a DNS error kept SPF from passing on ${messagesInWords(messages)}.`,
  'seen-before': ({ firstDay, domain }) =>
    `Has passed SPF for ${domain} since ${firstDay === null ? 'long ago' : dayInWords(firstDay)}, before the days looked at.`,
  'recipient-filter': ({ network, about, messages }) =>
    `${network} filters mail for recipients, and broke your signature${selectors(about)} on ${messagesInWords(messages)}.`,
  'selector-travels': ({ about, messages }) =>
    `Your signature${selectors(about)} is made elsewhere, and came through here on ${messagesInWords(messages)}.`,
  'broken-signature': ({ about, messages }) =>
    `Your signature${selectors(about)}, which passes where it is made, came broken on ${messagesInWords(messages)}.`,
  'receiver-told': ({ about, messages }) =>
    `Receivers told of ${listInWords(about.map(receiversWord))} on ${messagesInWords(messages)}.`,
  'forwarding-service': ({ about, network, messages }) =>
    `${about.length === 0 ? network : `The return path ${listInWords(about)}`} is known for passing mail on: ${messagesInWords(messages)}.`,
  'tenant-unknown': ({ messages }) =>
    `Signed for a customer of the service whose name no domain tells on ${messagesInWords(messages)}; which customer you are is not known.`,
  'shared-include': ({ network, messages }) =>
    `Passes by SPF alone on ${messagesInWords(messages)}: other customers of ${network} could do the same, and it was not seen before.`,
  'service-as-itself': ({ network, messages }) =>
    `${network} signed as itself on ${messagesInWords(messages)}, which does not tell for whom.`,
  outstanding: ({ days, windowDays, networks }) =>
    `Mail like this comes from ${networks} networks, but here steadily, on ${days} of ${daysInWords(windowDays)}, and many times as much.`,
  steady: ({ days, windowDays, messages }) =>
    `Active on ${days} of ${daysInWords(windowDays)}, with ${messagesInWords(messages)}: a steady sender without a tie to you.`,
  regular: ({ messages }) =>
    `Comes at regular intervals, ${messagesInWords(messages)} so far: a steady sender without a tie to you.`,
  'copied-signature': ({ about, messages }) =>
    `Carries a broken copy of your signature${selectors(about)} on ${messagesInWords(messages)}, from networks that never carried a whole one.`,
  scattered: ({ networks }) =>
    `Mail like this came from ${networks} unrelated networks; ${SCATTERED_NETWORKS} or more are no one's sender.`,
  'few-days': ({ days, windowDays, steadyDays }) =>
    `No tie to you, and active on ${days === 0 ? 'none' : days} of ${daysInWords(windowDays)}; from ${steadyDays} on it would be asked about.`,
  'other-customer': ({ network }) =>
    `You use ${network} too, but nothing in this mail shows that you are its customer.`,
  'third-party': ({ about, messages, domain }) =>
    `Authenticates as ${listInWords(about)}, not as ${domain}, on ${messagesInWords(messages)}.`,
};

function selectors(about: readonly string[]): string {
  return about.length === 0 ? '' : ` (selector ${listInWords(about)})`;
}

function receiversWord(told: string): string {
  return RECEIVERS_WORDS[told] ?? told;
}

const RECEIVERS_WORDS: Readonly<Record<string, string>> = {
  mailing_list: 'a mailing list',
  forwarded: 'forwarding',
  trusted_forwarder: 'a trusted forwarder',
  arc: 'an ARC chain that passed',
};
