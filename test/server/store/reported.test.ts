import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportedOf, reportedText } from '../../../server/store/reported.ts';

const parts = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 10 ** 12 })),
  { selector: ([reporterId]) => reporterId },
);

test('who told of how many is read back as it was written', () => {
  fc.assert(
    fc.property(parts, (some) => {
      expect(reportedOf(reportedText(new Map(some)))).toEqual(new Map(some));
    }),
  );
});

test('the same parts have one text, in whatever order they came', () => {
  expect(reportedText(new Map([[15, 1], [3, 2], [12, 40]]))).toBe('3 2 12 40 15 1'); // prettier-ignore
  fc.assert(
    fc.property(parts, (some) => {
      expect(reportedText(new Map(some.toReversed()))).toBe(reportedText(new Map(some)));
    }),
  );
});
