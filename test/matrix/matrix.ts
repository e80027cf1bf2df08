import { afterAll, describe, test } from 'vitest';
import { type Fed, feed } from './sandwich.ts';

/** One input of a row. */
export interface MatrixCase {
  /** The attack, in a few words. */
  attack: string;
  /** The bytes of the mail, made when they are needed and not held. */
  mail: () => Buffer;
  /**
   * What the ledger says of each of its documents, in order: 'stored', 'stored trailing-bytes' with
   * its warnings, 'refused doctype', 'not-a-report empty', 'duplicate' …
   */
  expected: readonly string[];
  /** What is counted of it; else 5 for each document stored. */
  messages?: number;
}

/** A row of the matrix of hostile input, by its id. */
export interface MatrixRow {
  id: string;
  about: string;
  cases: () => readonly MatrixCase[] | Promise<readonly MatrixCase[]>;
  /** Read by the built program in a process of its own, under a cap on its memory. */
  inOwnProcess?: boolean;
  /** Whatever else must hold, once the outcomes do. */
  also?: (fed: Fed) => Promise<void> | void;
}

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
