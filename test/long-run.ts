/**
 * How much of a long figure this run shows: `npm run test:long` shows all of it, `npm test` a share that
 * takes seconds. Both print what they showed, so that a share is never taken for the whole.
 */
const isLongRun = process.env['RUADMAP_LONG'] === '1';

/** @returns the first number in a long run, the second in every other. */
export const inFullOrShare = (full: number, share: number): number => (isLongRun ? full : share);

/** What random choices start from: RUADMAP_SEED, or a fixed number. It is printed with each figure. */
export const longRunSeed = Number(process.env['RUADMAP_SEED'] ?? '20261124');

export interface LongRunFigure {
  figure: string;
  /** How many were as they must be. */
  n: number;
  of: number;
  /** What the bar asks for in a long run. */
  full: number;
  [detail: string]: string | number;
}

/** One line of JSON on standard output. */
export const printFigure = (figure: LongRunFigure): void => {
  process.stdout.write(`${JSON.stringify({ ...figure, seed: longRunSeed })}\n`);
};
