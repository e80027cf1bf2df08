import { addToTally, emptyTally, type Tally } from '../../../ingest/outcome.ts';

/** One row of a query that sums messages by facet. */
export interface FacetSum {
  facet: number;
  messages: number;
}

export function tallyOf(sums: readonly FacetSum[]): Tally {
  const tally = emptyTally();
  for (const { facet, messages } of sums) addToTally(tally, facet, messages);
  return tally;
}

/** A tally for each key among the rows. */
export function talliesBy<K, R extends FacetSum>(
  rows: readonly R[],
  keyOf: (row: R) => K,
): Map<K, Tally> {
  const tallies = new Map<K, Tally>();
  for (const row of rows) {
    const key = keyOf(row);
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, (tally = emptyTally()));
    addToTally(tally, row.facet, row.messages);
  }
  return tallies;
}

/** Most messages first, ties by name. */
export const byMessages =
  <T extends { tally: Tally }>(nameOf: (item: T) => string) =>
  (a: T, b: T): number =>
    b.tally.messages - a.tally.messages || (nameOf(a) < nameOf(b) ? -1 : 1);
