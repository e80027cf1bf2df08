import { correctedSpfRecord } from './change-spf-record.ts';
import type { Finding, SpfFacts } from './dns-snapshot.ts';
import { findingOf, MOST_FINDINGS, problem } from './findings.ts';
import type { RecordProblem } from './findings.ts';
import { prefixBits } from './network.ts';
import { MOST_LOOKUPS, MOST_VOID_LOOKUPS } from './spf-facts.ts';
import { branchLookups, finalAll, nodesOf, targetOf } from './spf-tree.ts';
import type { SpfBranch, SpfNode } from './spf-tree.ts';

/** From how many look-ups on it is told that few are left. */
const NEAR_LIMIT = 9;
/** Networks wider than these hold far more machines than one sender has. */
const WIDE_BITS = { ip4: 15, ip6: 31 };

/** What is wrong in the tree, each with the record that mends it where one can be known. */
export function spfFindings(node: SpfNode, facts: SpfFacts): Finding[] {
  return problemsOf(node, facts)
    .slice(0, MOST_FINDINGS)
    .map((found) => findingOf(found, correctedSpfRecord(node, found)));
}

function problemsOf(node: SpfNode, facts: SpfFacts): RecordProblem[] {
  const { domain, state } = node;
  if (state === 'unknown') return [problem('spf-unknown', { reason: node.reason ?? '' })];
  if (state === 'absent') return [problem('spf-absent', { domain })];
  if (state === 'several') return [problem('spf-several', { count: node.texts.length })];
  return [
    ...node.problems,
    ...limitProblems(node, facts),
    ...nodesOf(node).flatMap((each) =>
      each.branches.flatMap((branch) => branchProblems(each, branch, each === node)),
    ),
    ...nestedTwice(node),
    ...wideNetworks(facts),
  ];
}

function limitProblems(node: SpfNode, { lookups, voidLookups }: SpfFacts): RecordProblem[] {
  const problems: RecordProblem[] = [];
  if (lookups !== null && lookups > MOST_LOOKUPS)
    problems.push(problem('spf-lookups', { count: lookups, largest: largestOf(node) }));
  else if (lookups !== null && lookups >= NEAR_LIMIT)
    problems.push(problem('spf-lookups-near', { count: lookups }));
  if (voidLookups !== null && voidLookups > MOST_VOID_LOOKUPS)
    problems.push(problem('spf-void', { count: voidLookups }));
  return problems;
}

function largestOf(node: SpfNode): string {
  const bySize = [...node.branches].sort((a, b) => branchLookups(b) - branchLookups(a));
  return bySize
    .slice(0, 2)
    .map((branch) => `${branch.term.text} (${branchLookups(branch)})`)
    .join(' and ');
}

function branchProblems({ domain }: SpfNode, branch: SpfBranch, isTop: boolean): RecordProblem[] {
  const { term, outcome, node } = branch;
  const target = targetOf(term);
  if (outcome === 'loop') return [problem('spf-include-loop', { domain: target ?? domain })];
  if (outcome === 'cut') return [problem('spf-tree-cut')];
  if (outcome === 'by-message')
    return isTop && term.name !== 'ptr' ? [problem('spf-macro', { term: term.text })] : [];
  if (outcome === 'many-names')
    return [problem('spf-mx-names', { term: term.text, domain, count: branch.voids })];
  if (outcome === 'void') return [problem('spf-void-term', { term: term.text, domain })];
  if (outcome === 'unknown')
    return [problem('spf-include-unknown', { domain: target ?? term.text })];
  return node ? includeProblems(node, term) : [];
}

function includeProblems(node: SpfNode, term: SpfBranch['term']): RecordProblem[] {
  const { domain, state } = node;
  if (state === 'absent') return [problem('spf-include-absent', { domain })];
  if (state === 'unknown') return [problem('spf-include-unknown', { domain })];
  if (state === 'several')
    return [problem('spf-include-invalid', { domain, why: 'it has several records' })];
  if (state === 'invalid') return [problem('spf-include-invalid', { domain, why: errorsOf(node) })];
  const passesAll = finalAll(node) === '+' && term.kind === 'mechanism' && term.qualifier === '+';
  return passesAll ? [problem('spf-include-passes-all', { domain })] : [];
}

function errorsOf({ problems }: SpfNode): string {
  const errors = problems.filter(({ id }) => id === 'spf-syntax' || id === 'spf-modifier-twice');
  return errors.map(({ values }) => String(values['term'] ?? values['name'] ?? '')).join(' ');
}

function nestedTwice(node: SpfNode): RecordProblem[] {
  return node.branches.flatMap((branch) => {
    const domain = targetOf(branch.term)?.toLowerCase();
    const by = node.branches.find(
      (other) =>
        other !== branch &&
        other.node &&
        nodesOf(other.node)
          .slice(1)
          .some((each) => each.domain === domain),
    );
    if (domain === undefined || !by) return [];
    return [
      problem('spf-include-nested', {
        domain,
        by: targetOf(by.term) ?? '',
        count: branchLookups(branch),
      }),
    ];
  });
}

function wideNetworks({ networks }: SpfFacts): RecordProblem[] {
  const everyone = networks
    .filter(({ network }) => prefixBits(network) === 0)
    .map(({ network, include }) => (include === null ? network : `include:${include}`));
  const wide = networks.filter(({ network, include }) => include === null && isWide(network));
  return [
    ...[...new Set(everyone)].map((term) => problem('spf-everyone', { term })),
    ...wide.map(({ network }) => problem('spf-wide', { network, count: sizeOf(network) })),
  ];
}

function isWide(network: string): boolean {
  const bits = prefixBits(network);
  return bits > 0 && bits <= (network.includes(':') ? WIDE_BITS.ip6 : WIDE_BITS.ip4);
}

function sizeOf(network: string): string | number {
  return network.includes(':') ? 'very many' : 2 ** (32 - prefixBits(network));
}
