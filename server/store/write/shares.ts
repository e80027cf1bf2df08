/** What one reporter told of mail of one shape from one address on one day. */
export interface Share {
  addressId: number;
  shapeId: number;
  timed: 0 | 1;
  day: number;
  reporterId: number;
  /** Negative where they are taken away. */
  messages: number;
}

/** Cuts sorted shares into runs of equal ones. */
export function eachRun(
  sorted: readonly Share[],
  compare: (a: Share, b: Share) => number,
  found: (first: Share, run: readonly Share[]) => void,
): void {
  let from = 0;
  while (from < sorted.length) {
    const first = sorted[from] as Share;
    let to = from + 1;
    while (to < sorted.length && compare(first, sorted[to] as Share) === 0) to += 1;
    found(first, sorted.slice(from, to));
    from = to;
  }
}
