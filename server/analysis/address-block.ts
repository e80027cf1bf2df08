/**
 * Addresses as numbers. All text here is canonical (ingest/ip-address.ts): IPv4 in four decimals,
 * IPv6 in lower case.
 */

/** 0 to 2^32 - 1; null for anything but IPv4. */
export function ipv4Number(sourceIp: string): number | null {
  const octets = sourceIp.split('.');
  if (octets.length !== 4 || sourceIp.includes(':')) return null;
  return octets.reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** The eight groups of 16 bits; null for anything but IPv6. */
export function ipv6Groups(sourceIp: string): number[] | null {
  if (!sourceIp.includes(':')) return null;
  const [head = '', tail] = sourceIp.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const missing = 8 - before.length - after.length;
  return missing < 0 ? null : [...before, ...Array<number>(missing).fill(0), ...after];
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    const embedded = ipv4Number(group);
    return embedded === null
      ? [Number.parseInt(group, 16)]
      : [Math.floor(embedded / 65_536), embedded % 65_536];
  });
}

/** The block an address is named by when nothing better is known: '203.0.113.0/24', '2001:db8:1::/48'. */
export function addressBlock(sourceIp: string): string {
  const groups = ipv6Groups(sourceIp);
  if (groups === null) return `${sourceIp.split('.').slice(0, 3).join('.')}.0/24`;
  const prefix = groups.slice(0, 3);
  while (prefix.at(-1) === 0) prefix.pop();
  return `${prefix.map((group) => group.toString(16)).join(':')}::/48`;
}
