/** One measured figure; `bar` and `met` are null where it only stands beside another. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  bar: number | null;
  met: boolean | null;
  seed: number;
}

export const atLeast = (name: string, value: number, unit: string, bar: number, seed: number) => ({
  name,
  value: rounded(value),
  unit,
  bar,
  met: value >= bar,
  seed,
});

export const atMost = (name: string, value: number, unit: string, bar: number, seed: number) => ({
  ...atLeast(name, value, unit, bar, seed),
  met: value <= bar,
});

export const beside = (name: string, value: number, unit: string, seed: number): Figure => ({
  name,
  value: rounded(value),
  unit,
  bar: null,
  met: null,
  seed,
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
