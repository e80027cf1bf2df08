import ipaddr from 'ipaddr.js';
import { MOST_LOOKUPS, MOST_VOID_LOOKUPS } from '../../../server/records/spf-facts.ts';
import type { SpfBranch, SpfNode } from '../../../server/records/spf-tree.ts';

export type SpfResult =
  'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror';

/** The check depends on more than the tree and the address: a macro or ptr was reached. */
export class NeedsMessage extends Error {}

interface Count {
  lookups: number;
  voids: number;
}

class Ended extends Error {
  result: SpfResult;
  constructor(result: SpfResult) {
    super(result);
    this.result = result;
  }
}

const BY_QUALIFIER = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const;
const COSTLY = ['include', 'a', 'mx', 'ptr', 'exists', 'redirect'];

/**
 * RFC 7208's check_host over a tree that was read, written apart from the product: its second opinion on
 * networks, look-ups and errors.
 */
export function checkHost(node: SpfNode, address: string): SpfResult {
  try {
    return evaluate(node, ipaddr.process(address), { lookups: 0, voids: 0 });
  } catch (error) {
    if (error instanceof Ended) return error.result;
    throw error;
  }
}

function evaluate(node: SpfNode, address: ipaddr.IPv4 | ipaddr.IPv6, count: Count): SpfResult {
  if (node.state === 'absent') return 'none';
  if (node.state === 'unknown') return 'temperror';
  if (node.state !== 'valid') return 'permerror';
  for (const branch of node.branches) {
    charge(branch, count);
    if (branch.term.kind === 'modifier') return redirected(branch, address, count);
    if (isMatch(branch, address, count)) return BY_QUALIFIER[branch.term.qualifier];
  }
  return 'neutral';
}

function charge({ term, outcome, voids }: SpfBranch, count: Count): void {
  if (COSTLY.includes(term.name)) count.lookups++;
  count.voids += voids;
  if (count.lookups > MOST_LOOKUPS || count.voids > MOST_VOID_LOOKUPS) throw new Ended('permerror');
  if (outcome === 'loop' || outcome === 'cut' || outcome === 'many-names')
    throw new Ended('permerror');
  if (outcome === 'unknown') throw new Ended('temperror');
  if (outcome === 'by-message') throw new NeedsMessage();
}

function redirected(
  { node }: SpfBranch,
  address: ipaddr.IPv4 | ipaddr.IPv6,
  count: Count,
): SpfResult {
  const result = node ? evaluate(node, address, count) : 'permerror';
  return result === 'none' ? 'permerror' : result;
}

function isMatch(
  { term, networks, node }: SpfBranch,
  address: ipaddr.IPv4 | ipaddr.IPv6,
  count: Count,
): boolean {
  if (term.name === 'all') return true;
  if (!node) return networks.some((network) => contains(network, address));
  const result = evaluate(node, address, count);
  if (result === 'temperror') throw new Ended(result);
  if (result === 'permerror' || result === 'none') throw new Ended('permerror');
  return result === 'pass';
}

function contains(network: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [base, bits] = ipaddr.parseCIDR(network);
  return base.kind() === address.kind() && address.match(base, bits);
}
