import { domainToASCII } from 'node:url';
import { copied, cutTo } from './text.ts';

/** Longest name that DNS allows, in its text form. */
const LONGEST_NAME = 253;
/** Names remembered; the same few hundred fill every report. */
const REMEMBERED = 20_000;

export interface DomainName {
  /** Lower-case A-label without a trailing dot; where the text is no domain name, the text, lower-case. */
  domain: string;
  isValid: boolean;
}

const ADDRESS_MARK = /[/?#\\%@:\s]/;
const PLAIN = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;
const remembered = new Map<string, DomainName>();

/** The one form in which a name is compared and stored, however it was written (RFC 5890 A-labels). */
export function domainName(text: string): DomainName {
  const known = remembered.get(text);
  if (known) return known;
  if (text.length > LONGEST_NAME) return canonical(copied(cutTo(text, 4 * LONGEST_NAME)));
  if (remembered.size >= REMEMBERED) remembered.clear();
  const own = copied(text);
  const name = canonical(own);
  remembered.set(own, name);
  return name;
}

function canonical(text: string): DomainName {
  // Dots alone are no text either: an address of the page would lose them.
  const lower = text
    .trim()
    .toLowerCase()
    .replace(/^\.+$|\.$/, '');
  if (PLAIN.test(lower) && lower.length <= LONGEST_NAME) return { domain: lower, isValid: true };
  // Made for addresses of the web: it takes these for their ends, and decodes a %.
  const ascii = ADDRESS_MARK.test(lower) ? '' : domainToASCII(lower);
  if (PLAIN.test(ascii) && ascii.length <= LONGEST_NAME) return { domain: ascii, isValid: true };
  return { domain: cutTo(lower, LONGEST_NAME), isValid: false };
}
