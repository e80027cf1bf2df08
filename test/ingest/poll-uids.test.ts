import { describe, expect, test } from 'vitest';
import { uidRanges } from '../../ingest/mailbox-messages.ts';
import { chunksOf } from '../../ingest/poll-uids.ts';

/** Every other one, so that no two make a range. */
const scattered = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + 2 * index);

describe('UIDs that are asked for together', () => {
  test('are at most a thousand', () => {
    expect(chunksOf(scattered(1, 2_500)).map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
    expect(chunksOf([])).toEqual([]);
  });

  test.each([1, 90_000, 9_999_000, 4_294_960_000])(
    'fit a command line that every server takes, from %d on',
    (from) => {
      const uids = scattered(from, 3_000);
      const chunks = chunksOf(uids);
      expect(chunks.flat()).toEqual(uids);
      for (const chunk of chunks) expect(uidRanges(chunk).length).toBeLessThanOrEqual(7_000);
    },
  );
});
