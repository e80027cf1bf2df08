import { describe, expect, test } from 'vitest';

import {
  countAround,
  createRandom,
  integer,
  normal,
  pick,
  pickWeighted,
} from '../../../server/demo/random.ts';

const DRAWS = 20_000;
const draw = <T>(seed: number, make: (random: () => number) => T): T[] => {
  const random = createRandom(seed);
  return Array.from({ length: DRAWS }, () => make(random));
};
const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

describe('dice with a seed', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    expect(draw(7, (random) => random())).toEqual(draw(7, (random) => random()));
    expect(draw(7, (random) => random())[0]).not.toBe(draw(8, (random) => random())[0]);
  });

  test.each([0, 1, -1, 0x9e37_79b9, 2 ** 31])('seed %s spreads evenly from 0 to 1', (seed) => {
    const numbers = draw(seed, (random) => random());
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(mean(numbers)).toBeCloseTo(0.5, 1);
  });

  test('integers and choices reach every value', () => {
    expect(new Set(draw(1, (random) => integer(random, 6)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(new Set(draw(1, (random) => pick(random, ['a', 'b'])))).toEqual(new Set(['a', 'b']));
    expect(() => pick(createRandom(1), [])).toThrow(RangeError);
  });

  test('weights decide how often', () => {
    const choices = [
      { weight: 3, name: 'often' },
      { weight: 1, name: 'seldom' },
      { weight: 0, name: 'never' },
    ];
    const names = draw(1, (random) => pickWeighted(random, choices).name);
    expect(names.filter((name) => name === 'often').length / DRAWS).toBeCloseTo(0.75, 1);
    expect(names).not.toContain('never');
  });

  test('normal numbers have mean 0 and deviation 1', () => {
    const numbers = draw(1, normal);
    expect(mean(numbers)).toBeCloseTo(0, 1);
    expect(Math.sqrt(mean(numbers.map((n) => n * n)))).toBeCloseTo(1, 1);
  });

  test('counts are whole, never negative, and lie around their mean', () => {
    const counts = draw(1, (random) => countAround(random, 20));
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    expect(mean(counts)).toBeGreaterThan(18.5);
    expect(mean(counts)).toBeLessThan(21.5);
    expect(draw(1, (random) => countAround(random, 0)).every((count) => count === 0)).toBe(true);
  });
});
