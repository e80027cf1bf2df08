import { afterAll, describe, expect, it } from 'vitest';
import { readSpfTree } from '../../../server/dns/spf-tree-reader.ts';
import type { SpfFacts } from '../../../server/records/dns-snapshot.ts';
import { MOST_LOOKUPS, MOST_VOID_LOOKUPS, spfFactsOf } from '../../../server/records/spf-facts.ts';
import type { SpfNode } from '../../../server/records/spf-tree.ts';
import { withZone } from '../../dns/snapshot-of.ts';
import { checkHost, NeedsMessage } from './check-host.ts';
import { domainOf, readSuites, zoneOf } from './spf-suite.ts';
import type { SuiteCase } from './spf-suite.ts';

/** Facts are about the whole tree; a check of the suite may end before it gets there. */
const ENDED_EARLIER: Readonly<Record<string, string>> = {
  'include-at-limit': 'the eleventh look-up stands after the term that matches',
};
/** Cases that turn on a macro or ptr, which no tree can settle without a message. */
const NEED_A_MESSAGE = 19;

const tally = { results: 0, facts: 0, needMessage: 0 };

describe.each(readSuites())('RFC 7208 suite: $description', (suite) => {
  it.each(suite.tests)('$name ($spec) gives $result', async (test) => {
    const options = { timeoutMs: 250, tries: 1 };
    const tree = await withZone(
      zoneOf(suite),
      (resolver) => readSpfTree(domainOf(test), resolver),
      options,
    );
    const result = resultOf(tree, test);
    if (result === null) {
      tally.needMessage++;
      return;
    }
    expect(test.result).toContain(result);
    tally.results++;
    expectFacts(spfFactsOf(tree), test);
  });
});

afterAll(() => {
  const { results, facts, needMessage } = tally;
  const cases = readSuites().reduce((sum, { tests }) => sum + tests.length, 0);
  console.log(
    `RFC 7208 suite: ${results}/${cases} results equal, ${needMessage} need a message; ` +
      `facts agree in ${facts}/${results}, ${Object.keys(ENDED_EARLIER).length} differs by rule`,
  );
  expect({ cases, needMessage }).toEqual({ cases: 203, needMessage: NEED_A_MESSAGE });
});

function resultOf(tree: SpfNode, test: SuiteCase): string | null {
  try {
    return checkHost(tree, test.host);
  } catch (error) {
    if (error instanceof NeedsMessage) return null;
    throw error;
  }
}

function expectFacts(facts: SpfFacts, test: SuiteCase): void {
  const isError =
    facts.state === 'invalid' ||
    facts.state === 'several' ||
    (facts.lookups ?? 0) > MOST_LOOKUPS ||
    (facts.voidLookups ?? 0) > MOST_VOID_LOOKUPS;
  const agrees = test.result.some((result) => (result === 'permerror') === isError);
  expect(agrees).toBe(ENDED_EARLIER[test.name] === undefined);
  if (agrees) tally.facts++;
}
