import { afterAll, describe, test } from 'vitest';
import type { MatrixRow } from './row.ts';
import { feed } from './sandwich.ts';

const SECONDS_A_ROW = 180;

/**
 * A test for each row, and at the end one line of JSON that says how many were met.
 * @param seed of whatever the cases draw at random.
 */
export function runMatrix(group: string, seed: number, rows: readonly MatrixRow[]): void {
  let met = 0;
  describe(`group ${group}`, () => {
    test.each(rows.map((row) => [row.id, row.about, row] as const))(
      '%s: %s',
      async (_, __, row) => {
        const fed = await feed(row);
        await row.also?.(fed);
        met += 1;
      },
      SECONDS_A_ROW * 1000,
    );
    afterAll(() => {
      const unit = `rows of ${rows.length}`;
      const isMet = met === rows.length;
      const figure = { name: `matrix-${group}`, value: met, unit, bar: rows.length, met: isMet };
      process.stdout.write(`${JSON.stringify({ ...figure, seed })}\n`);
    });
  });
}
