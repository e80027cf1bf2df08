import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { copied } from './text.ts';

/** Addresses remembered; a report of 200,000 rows often names a few hundred. */
const REMEMBERED = 50_000;
/** Longest text that is looked at: an IPv6 address has 45 characters at most, and some write line breaks. */
const LONGEST_TEXT = 200;
const remembered = new Map<string, string | null>();

/**
 * The canonical text of an address (RFC 5952 for IPv6, an IPv4-mapped one as IPv4), or null where the
 * text is none. Leading zeros, short and numeric forms, prefixes, brackets and zones are none.
 */
export function parseIpAddress(text: string): string | null {
  if (text.length > LONGEST_TEXT) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const own = copied(text);
  const address = canonical(own.trim());
  remembered.set(own, address);
  return address;
}

/**
 * Addresses from which nothing reaches another network: of no host, this host, private networks, a
 * link, many hosts at once or no use yet (IANA's special-purpose registries; RFC 6890). Those of
 * documentation are left out.
 */
const NOT_GLOBAL = new RegExp(
  [
    '^(?:0|10|127|22[4-9]|2[3-5][0-9])\\.',
    '^100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.',
    '^169\\.254\\.',
    '^172\\.(?:1[6-9]|2[0-9]|3[01])\\.',
    '^192\\.168\\.',
    '^::1?$',
    '^f[cdf][0-9a-f]{2}:',
    '^fe[89ab][0-9a-f]:',
  ].join('|'),
);

/** @param address canonical, as `parseIpAddress` gives it. */
export const isGlobalAddress = (address: string): boolean => !NOT_GLOBAL.test(address);

function canonical(text: string): string | null {
  if (isIPv4(text)) return text;
  if (!isIPv6(text) || text.includes('%')) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : address.toRFC5952String();
}
