import type { RecordState } from './dns-snapshot.ts';
import type { RecordProblem } from './findings.ts';
import { allOf } from './spf-record.ts';
import type { SpfRecord } from './spf-record.ts';
import type { SpfMechanism, SpfModifier, SpfQualifier } from './spf-term.ts';

/** One name of the tree with the SPF record that stands there. */
export interface SpfNode {
  domain: string;
  /** Of this record alone: `invalid` is a syntax error in its own text. */
  state: RecordState;
  texts: string[];
  ttlSeconds: number | null;
  /** Why it is unknown. */
  reason: string | null;
  record: SpfRecord | null;
  problems: RecordProblem[];
  /** Mechanisms in their order, up to `all`, then the redirect if it is followed. */
  branches: SpfBranch[];
}

/** A term with what DNS answered. */
export interface SpfBranch {
  term: SpfMechanism | SpfModifier;
  /**
   * `known`; `void`: the name has no answer; `unknown`: the look-up failed; `by-message`: macros or
   * ptr, which only a message settles; `many-names`: more than 10 mail exchangers; `loop`; `cut`:
   * beyond what is read.
   */
  outcome: 'known' | 'void' | 'unknown' | 'by-message' | 'many-names' | 'loop' | 'cut';
  /** Canonical networks that the term matches; of an include they are below `node`. */
  networks: string[];
  /** Names without an answer behind the term. */
  voids: number;
  /** The record that an include or redirect leads to. */
  node: SpfNode | null;
}

/** Terms that cost a look-up (RFC 7208 §4.6.4). */
const COSTLY: readonly string[] = ['include', 'a', 'mx', 'ptr', 'exists', 'redirect'];
/** Networks of one tree that are kept. */
export const MOST_NETWORKS = 5000;

/** The name that an include or redirect points to; null of every other term. */
export function targetOf(term: SpfBranch['term']): string | null {
  if (term.kind === 'modifier') return term.value;
  return term.name === 'include' ? term.domain : null;
}

/** Look-ups of a whole check that no term ends early: all branches, nested ones too. */
export function lookupsOf(node: SpfNode): number {
  return node.branches.reduce((sum, branch) => sum + branchLookups(branch), 0);
}

export function branchLookups({ term, node }: SpfBranch): number {
  return (COSTLY.includes(term.name) ? 1 : 0) + (node ? lookupsOf(node) : 0);
}

/** Names without an answer in the whole tree. */
export function voidsOf(node: SpfNode): number {
  return node.branches.reduce(
    (sum, { voids, node: below }) => sum + voids + (below ? voidsOf(below) : 0),
    0,
  );
}

/** Is anything of the tree such that `isSo` holds? */
export function someBranch(node: SpfNode, isSo: (branch: SpfBranch) => boolean): boolean {
  return node.branches.some(
    (branch) => isSo(branch) || (branch.node ? someBranch(branch.node, isSo) : false),
  );
}

/** Every record of the tree, the top first. */
export function nodesOf(node: SpfNode): SpfNode[] {
  return [node, ...node.branches.flatMap(({ node: below }) => (below ? nodesOf(below) : []))];
}

/** Qualifier of the `all` that ends an evaluation, by the redirect where that is followed. */
export function finalAll(node: SpfNode): SpfQualifier | null {
  const own = node.record ? allOf(node.record) : null;
  const redirected = node.branches.find(({ term }) => term.kind === 'modifier')?.node;
  return own ?? (redirected ? finalAll(redirected) : null);
}

/**
 * Networks that the record lets pass. At the top `?` counts too: its owner names them, though it
 * vouches for none.
 */
export function networksOf(node: SpfNode, isTop: boolean): string[] {
  const networks = new Set<string>();
  for (const branch of node.branches) {
    if (!lists(branch.term, isTop)) continue;
    for (const network of branchNetworks(branch, isTop)) {
      if (networks.size >= MOST_NETWORKS) return [...networks];
      networks.add(network);
    }
  }
  return [...networks];
}

export function lists(term: SpfBranch['term'], isTop: boolean): boolean {
  if (term.kind === 'modifier') return true;
  return term.qualifier === '+' || (isTop && term.qualifier === '?');
}

/** Networks behind one term; a redirect stands for the record itself, an include for what passes in it. */
export function branchNetworks({ term, node, networks }: SpfBranch, isTop: boolean): string[] {
  return node ? networksOf(node, isTop && term.kind === 'modifier') : networks;
}

/** Would a check of a sender that no term matches end in permerror (RFC 7208 §4.6, §5.2, §6.1)? */
export function isPermanentError(node: SpfNode): boolean {
  if (node.state === 'invalid' || node.state === 'several') return true;
  return node.branches.some(
    ({ outcome, node: below }) =>
      outcome === 'loop' ||
      outcome === 'many-names' ||
      outcome === 'cut' ||
      (below !== null && (below.state === 'absent' || isPermanentError(below))),
  );
}
