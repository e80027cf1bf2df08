import { parse } from 'tldts';

import { ipv4Number } from './address-block.ts';

/** A machine counted in the ten thousands is one of a host's many; mail services count lower. */
const NUMBERED_MACHINE = /^[^.]*[0-9]{5}/;

/**
 * Whether the name of a reverse look-up is one that a network gives to any machine in it: made from
 * the address, numbered, or under a suffix whose names are handed to customers. It tells the
 * network, not a sender.
 *
 * @param name lower-case A-labels
 * @param sourceIp canonical text
 */
export function isNetworkPointer(name: string, sourceIp: string): boolean {
  if (NUMBERED_MACHINE.test(name)) return true;
  if (parse(name, { allowPrivateDomains: true }).isPrivate === true) return true;
  return ipv4Number(sourceIp) === null ? holdsIpv6(name, sourceIp) : holdsIpv4(name, sourceIp);
}

/** Three octets in a row, forwards or backwards, are no accident; nor are all four run together. */
function holdsIpv4(name: string, sourceIp: string): boolean {
  const octets = sourceIp.split('.');
  const padded = octets.map((octet) => octet.padStart(3, '0')).join('');
  const hexadecimal = octets.map((octet) => Number(octet).toString(16).padStart(2, '0')).join('');
  if (name.includes(padded) || name.includes(hexadecimal)) return true;
  const backwards = [...octets].reverse();
  return [octets.slice(0, 3), octets.slice(1), backwards.slice(0, 3), backwards.slice(1)].some(
    (row) => new RegExp(`(?<![0-9])0*${row.join('[.x_-]0*')}(?![0-9])`).test(name),
  );
}

function holdsIpv6(name: string, sourceIp: string): boolean {
  const flat = name.replace(/[.-]/g, '');
  const groups = sourceIp.split(':').filter((group) => group !== '');
  const nibbles = groups.map((group) => group.padStart(4, '0')).join('');
  return groups.length > 2 && (flat.includes(groups.join('')) || flat.includes(nibbles));
}
