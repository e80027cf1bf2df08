import type { DomainMail } from '../store/domain-mail.ts';

/** What DNS is to be asked about besides the domain itself. */
export interface DnsQuestions {
  /** Selectors of signatures as the domain or a name below it, most messages first. */
  selectors: { selector: string; domain: string }[];
  /** Names below the domain that mail was sent from, most messages first. */
  names: string[];
}

/**
 * Only signatures that passed and names under which something passed are asked about: whoever forges
 * mail could otherwise have any number of names looked up.
 */
export function dnsQuestions({ domain, streams }: DomainMail): DnsQuestions {
  const selectors = new Map<string, number>();
  const names = new Map<string, number>();
  const isBelow = (name: string): boolean => name.endsWith(`.${domain}`);
  for (const { shape, messages } of streams) {
    const count = messages.reduce((sum, more) => sum + more, 0);
    for (const { domain: signer, selector, result } of shape.dkim) {
      if (result !== 'pass' || signer === null || selector === null) continue;
      if (signer === domain || isBelow(signer)) add(selectors, `${selector} ${signer}`, count);
    }
    const { headerFrom } = shape.identifiers;
    const { dkimAligned, spfAligned } = shape.policyEvaluated;
    const isAligned = dkimAligned === true || spfAligned === true;
    if (isAligned && headerFrom !== null && isBelow(headerFrom)) add(names, headerFrom, count);
  }
  return {
    selectors: ranked(selectors).map((text) => {
      const [selector = '', signer = domain] = text.split(' ');
      return { selector, domain: signer };
    }),
    names: ranked(names),
  };
}

const add = (sums: Map<string, number>, key: string, count: number) =>
  sums.set(key, (sums.get(key) ?? 0) + count);

const ranked = (sums: Map<string, number>): string[] =>
  [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
