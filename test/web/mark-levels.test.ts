import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markLevels } from '../../web/mark-levels.ts';

test('labels that would meet go on lines of their own, and lines are used again', () => {
  const labels = [
    { x: 0, width: 50 },
    { x: 20, width: 50 },
    { x: 30, width: 50 },
    { x: 60, width: 50 },
  ];
  expect(markLevels(labels, 3)).toEqual([0, 1, 2, 0]);
  expect(markLevels(labels, 2)).toEqual([0, 1, null, 0]);
});

test('no label covers another on its line', () => {
  const label = fc.record({
    x: fc.integer({ min: 0, max: 1000 }),
    width: fc.integer({ min: 1, max: 170 }),
  });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 40 }), (unsorted) => {
      const labels = [...unsorted].sort((a, b) => a.x - b.x);
      const levels = markLevels(labels, 3);
      labels.forEach((one, place) => {
        const next = labels.findIndex(
          (_, later) => later > place && levels[later] === levels[place],
        );
        if (levels[place] === null || next === -1) return;
        expect(labels[next]?.x).toBeGreaterThanOrEqual(one.x + one.width);
      });
    }),
    { numRuns: 300 },
  );
});
