import type { MailClass } from '../../store/domain-mail.ts';

/**
 * Every rule that can speak for a class, the strongest first. A rule is evidence of the source it is
 * told of; which one decided is the first of the list.
 */
export const RULES = [
  'user-word',
  'own-network',
  'own-signature',
  'tenancy',
  'own-return-path',
  'failing-own-signature',
  'same-address',
  'dns-error',
  'seen-before',
  'recipient-filter',
  'selector-travels',
  'broken-signature',
  'receiver-told',
  'forwarding-service',
  'tenant-unknown',
  'shared-include',
  'service-as-itself',
  'outstanding',
  'steady',
  'regular',
  'copied-signature',
  'scattered',
  'few-days',
  'other-customer',
  'third-party',
] as const;

export type Rule = (typeof RULES)[number];

/** A rule with what it speaks of: a selector, a domain, a receiver's word. */
export interface Spoken {
  rule: Rule;
  about: string;
}

/** What each rule makes of a source where it decides; null: it only tells. */
export const CLASS_OF_RULE: Readonly<Record<Rule, MailClass | null>> = {
  'user-word': null,
  'own-network': 'own',
  'own-signature': 'own',
  tenancy: 'own',
  'own-return-path': 'own',
  'failing-own-signature': 'own',
  'same-address': 'own',
  'dns-error': 'own',
  'seen-before': 'own',
  'recipient-filter': 'forwarder',
  'selector-travels': 'forwarder',
  'broken-signature': 'forwarder',
  'receiver-told': 'forwarder',
  'forwarding-service': 'forwarder',
  'tenant-unknown': 'unknown',
  'shared-include': 'unknown',
  'service-as-itself': 'unknown',
  outstanding: 'unknown',
  steady: 'unknown',
  regular: 'unknown',
  'copied-signature': 'unauthorised',
  scattered: 'unauthorised',
  'few-days': 'unauthorised',
  'other-customer': null,
  'third-party': null,
};

const PLACE = new Map<string, number>(RULES.map((rule, place) => [rule, place]));

export const byStrength = (a: { rule: Rule }, b: { rule: Rule }): number =>
  (PLACE.get(a.rule) ?? 0) - (PLACE.get(b.rule) ?? 0);
