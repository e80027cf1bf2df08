import { describe, expect, test } from 'vitest';

import {
  highestFailureRatio,
  twoProportionsZ,
  wilsonLowerBound,
} from '../../../server/analysis/verdict/bounds.ts';
import { defaultVerdictSettings } from '../../../server/analysis/verdict-settings.ts';

describe('the settings follow from the bound', () => {
  test.each(['quarantine', 'reject'] as const)('for %s', (rung) => {
    const { alignedRatio, messagesForBound, messagesForOneFailure } = defaultVerdictSettings[rung];
    const reaches = (failed: number, judged: number): boolean =>
      (wilsonLowerBound(judged - failed, judged) ?? 0) >= alignedRatio;
    expect(reaches(0, messagesForBound)).toBe(true);
    expect(reaches(0, messagesForBound - 1)).toBe(false);
    expect(reaches(1, messagesForOneFailure)).toBe(true);
  });
});

test.each([
  [90, 100, 0.8256],
  [50, 100, 0.4038],
  [0, 10, 0],
  [10, 10, 0.7225],
])('the lower bound of %d of %d is %f', (passing, judged, bound) => {
  expect(wilsonLowerBound(passing, judged)).toBeCloseTo(bound, 4);
});

test('of nothing there is no bound', () => {
  expect(wilsonLowerBound(0, 0)).toBeNull();
  expect(highestFailureRatio(0)).toBeNull();
});

test('the rule of three never says more than all', () => {
  expect(highestFailureRatio(300)).toBe(0.01);
  expect(highestFailureRatio(2)).toBe(1);
});

test.each([
  [{ failed: 0, judged: 1_000 }, { failed: 6, judged: 1_000 }, true],
  [{ failed: 4, judged: 1_000 }, { failed: 6, judged: 1_000 }, false],
  [{ failed: 60, judged: 1_000 }, { failed: 6, judged: 1_000 }, false],
])('from %o to %o: worse than chance explains is %s', (before, after, isWorse) => {
  const z = twoProportionsZ(before, after);
  expect(z !== null && z > defaultVerdictSettings.comparisonZ).toBe(isWorse);
});

test('nothing to compare with, nothing compared', () => {
  expect(twoProportionsZ({ failed: 0, judged: 0 }, { failed: 1, judged: 9 })).toBeNull();
});
