import fc from 'fast-check';
import { expect, test } from 'vitest';

import { judged } from '../../scenarios/judged.ts';
import { stories } from '../../scenarios/stories.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { arbitrarySpoofing, arbitraryStory } from './slow-oracle/arbitrary-story.ts';
import { gateValues, isLittle } from './slow-oracle/gate-values.ts';
import { recordsOf } from './slow-oracle/records.ts';
import { failed, notJudged, sumsOf, within } from './slow-oracle/sums.ts';

const CLASSES = [
  ['own', 'own'],
  ['forwarded', 'forwarder'],
  ['unauthorised', 'unauthorised'],
  ['unknown', 'unknown'],
] as const;

function expectNumbers(story: Pick<Scenario, 'mail' | 'dns' | 'words'>, withGates: boolean): void {
  const { input, verdict } = judged(story);
  if (verdict.policy === null) return;
  const all = recordsOf(story.mail, input);
  const now = within(all, verdict.window);
  const { domain } = input.mail;
  for (const [name, is] of CLASSES)
    expect(verdict[name]).toEqual(sumsOf(now.filter((one) => one.class === is)));
  expect(verdict.notJudgedMessages).toBe(notJudged(now, domain));
  for (const { source, sums, failed: failing } of verdict.sources) {
    const its = now.filter(({ sourceId }) => sourceId === source.id);
    expect(sums).toEqual(sumsOf(its));
    expect(failing).toBe(failed(its, domain));
  }
  if (!withGates) return;
  expect(verdict.lowVolume).toBe(isLittle(story.mail, all, verdict.policy.rung));
  const { at } = verdict;
  expect(verdict.window).toEqual({ from: verdict.lowVolume ? at - 89 : at - 29, to: at });
  const passing = verdict.own.dmarcAligned;
  expect(verdict.highestFailureRatio).toEqual(
    verdict.lowVolume && passing > 0 ? Math.min(1, 3 / passing) : null,
  );
  const values = gateValues(story.mail, input, all, verdict);
  for (const { id, value } of verdict.gates) {
    const again = values[id];
    if (again === undefined) continue;
    if (again === null || value === null) expect([id, value]).toEqual([id, again]);
    else expect([id, value]).toEqual([id, expect.closeTo(again, 9)]);
  }
}

test(
  'every number of a verdict is that of a second, slow count of single records',
  { timeout: 240_000 },
  () => {
    fc.assert(
      fc.property(arbitraryStory, arbitrarySpoofing, fc.boolean(), (story, spoofed, isSpoofed) => {
        const rows = [...story.mail.rows, ...(isSpoofed ? spoofed : [])];
        fc.pre(rows.length > 0);
        expectNumbers({ ...story, mail: { ...story.mail, rows } }, true);
      }),
      {
        seed: Number(process.env['RUADMAP_SEED'] ?? 20_634),
        numRuns: Number(process.env['RUADMAP_RUNS'] ?? 100),
      },
    );
  },
);

test.each(
  Object.values(stories)
    .flat()
    .filter(({ mail }) => (mail.reporters ?? []).every(({ days }) => days === undefined))
    .map((story: Scenario) => [story.name, story] as const),
)('the sums of the scenario "%s" are those of its records', (_name, story) => {
  expectNumbers(story, false);
});
