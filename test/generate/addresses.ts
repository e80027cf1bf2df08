import { integer, type Random } from '../../server/demo/random.ts';

/** Distinct addresses in canonical text, every eighth of them IPv6. */
export function generateAddresses(random: Random, count: number): string[] {
  const addresses = new Set<string>();
  while (addresses.size < count)
    addresses.add(addresses.size % 8 === 7 ? ipv6Address(random) : ipv4Address(random));
  return [...addresses];
}

function ipv4Address(random: Random): string {
  const octet = () => integer(random, 256);
  return `${11 + integer(random, 88)}.${octet()}.${octet()}.${octet()}`;
}

function ipv6Address(random: Random): string {
  const group = () => (1 + integer(random, 0xffff)).toString(16);
  return `2a0${integer(random, 8)}:${group()}:${group()}::${group()}`;
}
