import { networkOf } from '../records/network.ts';
import { hasMacro } from '../records/spf-macro.ts';
import type { SpfMechanism } from '../records/spf-term.ts';
import type { SpfBranch } from '../records/spf-tree.ts';
import { addressesOf } from './addresses.ts';
import type { Resolver } from './look-up.ts';

/** Mail exchangers that a check may look at (RFC 7208 §4.6.4). */
const MOST_EXCHANGERS = 10;
const EVERYONE = ['0.0.0.0/0', '::/0'];

/** Looks up what `a`, `mx`, `exists` and `ptr` match. */
export async function hostBranch(
  domain: string,
  term: SpfMechanism,
  branch: SpfBranch,
  resolver: Resolver,
): Promise<SpfBranch> {
  const name = term.domain ?? domain;
  if (term.name === 'ptr' || hasMacro(name)) return { ...branch, outcome: 'by-message' };
  if (term.name === 'exists') return existsBranch(name, branch, resolver);
  if (term.name === 'a') return withHosts([name], term, branch, resolver);
  return exchangersBranch(name, term, branch, resolver);
}

/** Without a macro it matches every sender, or none. */
async function existsBranch(
  name: string,
  branch: SpfBranch,
  resolver: Resolver,
): Promise<SpfBranch> {
  const answer = await resolver.lookUp(name, 'A');
  if (answer.kind === 'failed') return { ...branch, outcome: 'unknown' };
  if (answer.kind === 'found') return { ...branch, networks: EVERYONE };
  return { ...branch, outcome: 'void', voids: 1 };
}

async function exchangersBranch(
  name: string,
  term: SpfMechanism,
  branch: SpfBranch,
  resolver: Resolver,
): Promise<SpfBranch> {
  const answer = await resolver.lookUp(name, 'MX');
  if (answer.kind === 'failed') return { ...branch, outcome: 'unknown' };
  if (answer.kind !== 'found') return { ...branch, outcome: 'void', voids: 1 };
  const hosts = answer.data.map(({ exchange }) => exchange).filter((host) => host !== '.');
  if (hosts.length > MOST_EXCHANGERS) return { ...branch, outcome: 'many-names', voids: 0 };
  return withHosts(hosts, term, branch, resolver);
}

async function withHosts(
  hosts: readonly string[],
  { ip4Bits, ip6Bits }: SpfMechanism,
  branch: SpfBranch,
  resolver: Resolver,
): Promise<SpfBranch> {
  const found = await Promise.all(hosts.map((host) => addressesOf(resolver, host)));
  const networks = found
    .flatMap(({ addresses }) => addresses)
    .flatMap((address) => networkOf(address, address.includes(':') ? ip6Bits : ip4Bits) ?? []);
  const isUnknown = found.some((each) => each.isUnknown);
  const voids = found.filter((each) => !each.isUnknown && each.addresses.length === 0).length;
  const isVoid = networks.length === 0 && !isUnknown && hosts.length > 0;
  const outcome = isUnknown ? 'unknown' : isVoid ? 'void' : 'known';
  return { ...branch, outcome, networks: [...new Set(networks)], voids };
}
