import ipaddr from 'ipaddr.js';

export interface MatchedNetwork {
  network: string;
  include: string | null;
}

/** Networks of one address family, by length of prefix, longest first. */
interface Family {
  prefixes: { bits: number; networks: Map<string, MatchedNetwork> }[];
}

export type NetworkMatch = (sourceIp: string) => MatchedNetwork | null;

/**
 * Finds the smallest of these networks that covers an address; of equal ones the first. Addresses and
 * networks are canonical text; what is no network covers nothing.
 */
export function createNetworkMatch(networks: readonly MatchedNetwork[]): NetworkMatch {
  const families: Record<'ipv4' | 'ipv6', Family> = {
    ipv4: { prefixes: [] },
    ipv6: { prefixes: [] },
  };
  for (const network of networks) {
    if (!ipaddr.isValidCIDR(network.network)) continue;
    const [address, bits] = ipaddr.parseCIDR(network.network);
    const { prefixes } = families[address.kind()];
    let prefix = prefixes.find((known) => known.bits === bits);
    if (prefix === undefined) prefixes.push((prefix = { bits, networks: new Map() }));
    const key = prefixKey(address.toByteArray(), bits);
    if (!prefix.networks.has(key)) prefix.networks.set(key, network);
  }
  for (const { prefixes } of Object.values(families)) prefixes.sort((a, b) => b.bits - a.bits);

  if (networks.length === 0) return () => null;
  return (sourceIp) => {
    const address = ipaddr.parse(sourceIp);
    const bytes = address.toByteArray();
    for (const { bits, networks: sameBits } of families[address.kind()].prefixes) {
      const found = sameBits.get(prefixKey(bytes, bits));
      if (found !== undefined) return found;
    }
    return null;
  };
}

/** The first bits of an address as text. */
function prefixKey(bytes: readonly number[], bits: number): string {
  const whole = Math.floor(bits / 8);
  const rest = bits % 8;
  const key = bytes.slice(0, whole);
  if (rest > 0) key.push((bytes[whole] ?? 0) & (0xff << (8 - rest)));
  return key.join('.');
}
