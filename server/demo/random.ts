/** Numbers from 0 up to but not 1, the same sequence for the same seed on every machine. */
export type Random = () => number;

/** A xorshift generator of 32 bits: good enough to vary a demo, and fast. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) | 0;
  if (state === 0) state = 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
  // Seeds that differ in one bit start alike: the first numbers are thrown away.
  for (let i = 0; i < 16; i += 1) random();
  return random;
}

/** A whole number from 0 up to but not `below`. */
export function integer(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[integer(random, list.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** One of a list by weight; weights need not add up to 1. */
export function pickWeighted<T extends { weight: number }>(random: Random, list: readonly T[]): T {
  let rest = random() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of list) {
    rest -= item.weight;
    if (rest < 0) return item;
  }
  return pick(random, list);
}

/** Standard normal, by the transform of Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A whole number around `mean`, never below zero, that varies as counts of messages do. */
export function countAround(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  const floor = Math.floor(mean + normal(random) * Math.sqrt(mean));
  return Math.max(0, floor + (random() < mean % 1 ? 1 : 0));
}
