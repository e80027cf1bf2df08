import { describe, expect, test } from 'vitest';

import { checkDmarcRecord } from '../../server/records/dmarc-record.ts';
import { severityOf } from '../../server/records/findings.ts';
import { judged } from './judged.ts';
import { KEEP, type Scenario } from './scenario.ts';
import { stories } from './stories.ts';

const scenarios: Scenario[] = Object.values(stories).flat();

test('every story has a name of its own, and says why', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  expect(scenarios.length).toBeGreaterThanOrEqual(60);
  for (const { why } of scenarios) expect(why).toMatch(/product\.md|RFC 9989|RFC 9990/);
});

describe.each(Object.entries(stories))('%s', (_theme, told) => {
  test.each(told.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const { verdict } = judged(scenario);
    const { expect: expected } = scenario;
    const seen = {
      verdict: verdict.verdict,
      record: verdict.record,
      blockers: verdict.blockers.map(({ source }) => source).sort(),
    };
    expect(seen, verdict.sentence).toEqual({
      verdict: expected.verdict,
      record: expected.record,
      blockers: [...expected.blockers].sort(),
    });
    expectMore(scenario, verdict);
  });
});

function expectMore({ expect: expected }: Scenario, verdict: ReturnType<typeof judged>['verdict']) {
  const gates = Object.fromEntries(verdict.gates.map(({ id, state }) => [id, state]));
  expect(gates).toMatchObject(expected.gates ?? {});
  const classes = verdict.sources.map(({ source }) => [source.id, source.class] as const);
  expect(Object.fromEntries(classes)).toMatchObject(expected.classes ?? {});
  if (expected.lowVolume !== undefined) expect(verdict.lowVolume).toBe(expected.lowVolume);
  if (expected.earliest !== undefined)
    expect(verdict.earliest === null ? null : verdict.earliest - verdict.at).toBe(
      expected.earliest,
    );
  const words = [
    verdict.sentence,
    verdict.change ?? '',
    ...verdict.notes,
    ...verdict.blockers.map(({ reason }) => reason),
    ...verdict.gates.map(({ detail }) => detail),
  ].join('\n');
  for (const piece of expected.says ?? []) expect(words).toContain(piece);
  for (const piece of expected.hushes ?? []) expect(words).not.toContain(piece);
  expectSound(verdict);
}

/** What holds for every verdict, whatever the story. */
function expectSound(verdict: ReturnType<typeof judged>['verdict']) {
  const open = verdict.gates.filter(
    ({ state }) => state === 'not-met' || state === 'not-enough-data',
  );
  if (verdict.verdict === 'advance') expect(open).toEqual([]);
  expect(verdict.rollBack === null).toBe(verdict.verdict !== 'advance');
  if (verdict.record !== null) {
    const text = verdict.record.replace(KEEP, 'rua=mailto:dmarc@example.org');
    expect(checkDmarcRecord(text).filter(({ id }) => severityOf(id) === 'blocks')).toEqual([]);
  }
  for (const name of verdict.blockers.slice(0, 3).map((blocker) => blocker.name))
    if (verdict.verdict === 'stay' && !verdict.sentence.includes('fixed, watching'))
      expect(verdict.sentence).toContain(name);
}
