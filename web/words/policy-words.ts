import type { PolicyResponse } from '../../server/api/contract-base.ts';

const ASKS: Record<'none' | 'quarantine' | 'reject', string> = {
  none: 'to deliver mail that is not aligned as usual, and to report it',
  quarantine: 'to treat mail that is not aligned as suspicious',
  reject: 'to refuse mail that is not aligned',
};

/** The short form: 'none', or a dash where the reports do not say. */
export const policyLabel = (policy: PolicyResponse | null): string => policy?.p ?? '–';

/** What the policy asks of receivers, one sentence. */
export function policySentence(policy: PolicyResponse): string {
  if (policy.p === null) return 'The reports do not say which policy the domain publishes.';
  const asks = `p=${policy.p} asks receivers ${ASKS[policy.p]}`;
  if (policy.testing === true) {
    return `${asks}; t=y asks them to act one level lower for now.`;
  }
  if (policy.pct !== null && policy.pct < 100) {
    return `${asks}; pct=${policy.pct} asks it for that share of the mail only.`;
  }
  return `${asks}.`;
}

/** Every published tag as tag, value and meaning; those that were not stated are left out. */
export function policyDetails(
  policy: PolicyResponse,
): { tag: string; value: string; meaning: string }[] {
  const { p, sp, np, adkim, aspf, pct, fo, testing, discoveryMethod } = policy;
  const stated = (tag: string, value: string | number | null, meaning: string) =>
    value === null ? [] : [{ tag, value: String(value), meaning }];
  return [
    ...stated('p', p, 'for mail of the domain itself'),
    ...stated('sp', sp, 'for mail of its subdomains'),
    ...stated('np', np, 'for mail of subdomains that do not exist'),
    ...stated('adkim', adkim, alignmentMeaning(adkim, 'DKIM’s signing domain')),
    ...stated('aspf', aspf, alignmentMeaning(aspf, 'SPF’s return-path domain')),
    ...stated('pct', pct, 'percentage of mail that the policy is asked for'),
    ...stated('fo', fo, 'when failure reports are wanted'),
    ...stated('t', testing === null ? null : testing ? 'y' : 'n', testModeMeaning(testing)),
    ...stated('found by', discoveryMethod, 'how the receiver looked for the policy'),
  ];
}

const alignmentMeaning = (mode: 'relaxed' | 'strict' | null, what: string): string =>
  mode === 'strict'
    ? `${what} has to equal the From domain`
    : `${what} may be any of the same organisation`;

const testModeMeaning = (testing: boolean | null): string =>
  testing === true
    ? 'receivers are asked to act one level lower'
    : 'the policy is meant in earnest';
