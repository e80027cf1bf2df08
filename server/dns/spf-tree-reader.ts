import type { RecordProblem } from '../records/findings.ts';
import { hasMacro } from '../records/spf-macro.ts';
import { isSpfText, readSpfRecord } from '../records/spf-record.ts';
import type { SpfRecord } from '../records/spf-record.ts';
import { targetOf } from '../records/spf-tree.ts';
import type { SpfBranch, SpfNode } from '../records/spf-tree.ts';
import type { Resolver } from './look-up.ts';
import { hostBranch } from './spf-hosts.ts';
import { textsAt } from './texts.ts';
import { wireName } from './wire-name.ts';

/** Terms of one tree that are looked up: far over the limit of 10, and a bound for a bomb of includes. */
const MOST_TERMS = 60;
const DEEPEST = 12;

interface Walk {
  resolver: Resolver;
  left: number;
}

/** Reads the SPF record of a domain and every record that it leads to, whatever a single check would reach. */
export async function readSpfTree(domain: string, resolver: Resolver): Promise<SpfNode> {
  return readNode(domain, { resolver, left: MOST_TERMS }, []);
}

async function readNode(domain: string, walk: Walk, path: readonly string[]): Promise<SpfNode> {
  const found = await textsAt(walk.resolver, domain);
  const texts = found.texts.filter(isSpfText);
  const read = texts.length === 1 ? readSpfRecord(texts[0] ?? '') : { record: null, problems: [] };
  const node: SpfNode = {
    domain,
    state: stateOf(found.failure, texts, read.problems),
    texts,
    ttlSeconds: texts.length > 0 ? found.ttlSeconds : null,
    reason: found.failure,
    ...read,
    branches: [],
  };
  if (read.record) node.branches = await readBranches(node, read.record, walk, [...path, domain]);
  return node;
}

function stateOf(
  failure: string | null,
  texts: readonly string[],
  problems: readonly RecordProblem[],
): SpfNode['state'] {
  if (failure !== null) return 'unknown';
  if (texts.length !== 1) return texts.length === 0 ? 'absent' : 'several';
  const hasError = problems.some(({ id }) => id === 'spf-syntax' || id === 'spf-modifier-twice');
  return hasError ? 'invalid' : 'valid';
}

async function readBranches(
  node: SpfNode,
  { mechanisms, redirect }: SpfRecord,
  walk: Walk,
  path: readonly string[],
): Promise<SpfBranch[]> {
  const terms = redirect ? [...mechanisms, redirect] : mechanisms;
  return Promise.all(terms.map((term) => readBranch(node, term, walk, path)));
}

async function readBranch(
  node: SpfNode,
  term: SpfBranch['term'],
  walk: Walk,
  path: readonly string[],
): Promise<SpfBranch> {
  const branch: SpfBranch = { term, outcome: 'known', networks: [], voids: 0, node: null };
  if (term.kind === 'mechanism' && term.name === 'all') return branch;
  if (term.kind === 'mechanism' && term.network !== null)
    return { ...branch, networks: [term.network] };
  if (walk.left-- <= 0) return { ...branch, outcome: 'cut' };
  const target = targetOf(term);
  if (target === null && term.kind === 'mechanism')
    return hostBranch(node.domain, term, branch, walk.resolver);
  return followTarget(target ?? '', branch, walk, path);
}

async function followTarget(
  target: string,
  branch: SpfBranch,
  walk: Walk,
  path: readonly string[],
): Promise<SpfBranch> {
  if (hasMacro(target)) return { ...branch, outcome: 'by-message' };
  const domain = wireName(target) ?? target.toLowerCase();
  if (path.includes(domain)) return { ...branch, outcome: 'loop' };
  if (path.length >= DEEPEST) return { ...branch, outcome: 'cut' };
  return { ...branch, node: await readNode(domain, walk, path) };
}
