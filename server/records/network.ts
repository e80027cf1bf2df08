import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * The network of an address in canonical text, host bits cleared ('203.0.113.0/24'); null where the
 * address is none or the length does not fit it. An IPv4-mapped address stays IPv6: in SPF it matches
 * no sender (RFC 7208 §5).
 */
export function networkOf(address: string, bits: number): string | null {
  if (isIPv4(address) && bits <= 32)
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`).toString()}/${bits}`;
  if (!isIPv6(address) || address.includes('%') || bits > 128) return null;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`).toRFC5952String()}/${bits}`;
}

/** Length of the prefix of a network as `networkOf` writes it. */
export function prefixBits(network: string): number {
  return Number(network.slice(network.indexOf('/') + 1));
}
