import { domainName } from '../../ingest/domain-name.ts';
import { parseIpAddress } from '../../ingest/ip-address.ts';
import type { FailReason, Resolver } from './look-up.ts';

/**
 * The name of an address. `confirmed`: that name leads back to the address; an unconfirmed one is a
 * claim that anybody can make. `unknown`: asked without an answer; `not-asked`: the run asks no more
 * of its zone, or nothing more at all.
 */
export type Pointer =
  | { kind: 'name'; name: string; confirmed: boolean }
  | { kind: 'none' }
  | { kind: 'unknown' }
  | { kind: 'not-asked' };

const NOT_ASKED: readonly FailReason[] = ['gave-up', 'limit', 'aborted'];

/** Names of one address that are looked at; there may be hundreds. */
const MOST_NAMES = 5;

/** Looks up the PTR record of an address and asks its names for the address in turn. */
export async function lookUpPointer(sourceIp: string, resolver: Resolver): Promise<Pointer> {
  const address = parseIpAddress(sourceIp);
  if (address === null) return { kind: 'none' };
  const answer = await resolver.lookUp(reverseName(address), 'PTR');
  if (answer.kind === 'failed')
    return { kind: NOT_ASKED.includes(answer.reason) ? 'not-asked' : 'unknown' };
  const names = answer.kind === 'found' ? hostNames(answer.data) : [];
  const [first] = names;
  if (first === undefined) return { kind: 'none' };
  let isUnknown = false;
  for (const name of names) {
    const forward = await leadsBack(name, address, resolver);
    if (forward === true) return { kind: 'name', name, confirmed: true };
    isUnknown ||= forward === null;
  }
  return isUnknown ? { kind: 'unknown' } : { kind: 'name', name: first, confirmed: false };
}

/** Names that a host can have; what else stands in a PTR record names nothing. */
function hostNames(texts: readonly string[]): string[] {
  return texts
    .map((text) => domainName(text))
    .filter(({ domain, isValid }) => isValid && domain.includes('.'))
    .map(({ domain }) => domain)
    .slice(0, MOST_NAMES);
}

async function leadsBack(
  name: string,
  address: string,
  resolver: Resolver,
): Promise<boolean | null> {
  const answer = await resolver.lookUp(name, address.includes(':') ? 'AAAA' : 'A');
  if (answer.kind === 'failed') return null;
  return answer.kind === 'found' && answer.data.includes(address);
}

/** The name under in-addr.arpa or ip6.arpa (RFC 1035 §3.5, RFC 3596 §2.5). */
export function reverseName(address: string): string {
  if (!address.includes(':')) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  return `${Array.from(hexDigits(address)).reverse().join('.')}.ip6.arpa`;
}

function hexDigits(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return groups.map((group) => group.padStart(4, '0')).join('');
}
