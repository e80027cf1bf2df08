import { getDomain, getPublicSuffix } from 'tldts';

const OPTIONS = { allowPrivateDomains: true, validateHostname: false };

/** The organizational domain by the public suffix list with its private part (RFC 7489 §3.2). */
export function publicSuffixDomain(name: string): string {
  return getDomain(name, OPTIONS) ?? name;
}

/** Do others register names below it, by the public suffix list? */
export function isPublicSuffix(name: string): boolean {
  return getPublicSuffix(name, OPTIONS) === name;
}
