import { getDomain } from 'tldts';

/** Names remembered; the same few hundred are in all mail of a domain. */
const REMEMBERED = 20_000;
const remembered = new Map<string, string>();

/**
 * The organizational domain of a name by the public suffix list, its private part included
 * (RFC 7489 §3.2); the name itself where it has none, as for a public suffix. Receivers that walk the
 * tree (RFC 9989 §4.10) may find another one, which no report tells.
 * @param name a lower-case A-label
 */
export function organizationalDomain(name: string): string {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const domain = getDomain(name, { allowPrivateDomains: true }) ?? name;
  remembered.set(name, domain);
  return domain;
}
