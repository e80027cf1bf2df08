import type { RecordState, SpfFacts, SpfNetwork } from './dns-snapshot.ts';
import {
  branchLookups,
  branchNetworks,
  finalAll,
  isPermanentError,
  lists,
  lookupsOf,
  MOST_NETWORKS,
  someBranch,
  targetOf,
  voidsOf,
} from './spf-tree.ts';
import type { SpfNode } from './spf-tree.ts';

/** Look-ups that a check may take (RFC 7208 §4.6.4). */
export const MOST_LOOKUPS = 10;
/** Look-ups without an answer that a check may meet (§4.6.4). */
export const MOST_VOID_LOOKUPS = 2;

/**
 * What follows from the tree. Too many look-ups leave the record `valid`, with their number: a check
 * may end before it reaches the limit. With a part unknown the numbers are null, unless what is known
 * is over the limit by itself.
 */
export function spfFactsOf(node: SpfNode): SpfFacts {
  const networks = listedNetworks(node);
  const isUnknown = someBranch(
    node,
    ({ outcome, node: below }) => outcome === 'unknown' || below?.state === 'unknown',
  );
  return {
    state: stateOf(node),
    text: node.texts.length === 1 ? (node.texts[0] ?? null) : null,
    ...(node.texts.length > 1 ? { texts: node.texts } : {}),
    ttlSeconds: node.ttlSeconds,
    lookups: known(lookupsOf(node), MOST_LOOKUPS, node, isUnknown),
    voidLookups: known(voidsOf(node), MOST_VOID_LOOKUPS, node, isUnknown),
    all: finalAll(node),
    networks,
    includes: includesOf(node),
    incomplete:
      isUnknown ||
      networks.length >= MOST_NETWORKS ||
      someBranch(node, ({ outcome }) => outcome === 'by-message' || outcome === 'cut'),
  };
}

function stateOf(node: SpfNode): RecordState {
  return node.state === 'valid' && isPermanentError(node) ? 'invalid' : node.state;
}

function known(count: number, most: number, node: SpfNode, isUnknown: boolean): number | null {
  if (node.record === null) return null;
  return isUnknown && count <= most ? null : count;
}

function listedNetworks(node: SpfNode): SpfNetwork[] {
  const seen = new Map<string, SpfNetwork>();
  for (const branch of node.branches) {
    if (!lists(branch.term, true)) continue;
    const include = targetOf(branch.term)?.toLowerCase().replace(/\.$/, '') ?? null;
    for (const network of branchNetworks(branch, true)) {
      // A term of its own names the owner more surely than an include that covers the same.
      const isKept = seen.has(network) ? include === null : seen.size < MOST_NETWORKS;
      if (isKept) seen.set(network, { network, include });
    }
  }
  return [...seen.values()];
}

function includesOf(node: SpfNode): SpfFacts['includes'] {
  return node.branches.flatMap((branch) => {
    const target = targetOf(branch.term);
    if (target === null) return [];
    return [
      {
        domain: target.toLowerCase().replace(/\.$/, ''),
        lookups: branchLookups(branch),
        networks: branchNetworks(branch, false).length,
      },
    ];
  });
}
