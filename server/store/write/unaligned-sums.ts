import { isAlignedFacet } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import { reportedOf, reportedText } from '../reported.ts';
import { placeOf, spanOf } from '../spans.ts';
import { createBoundedCache } from './bounded-cache.ts';
import { eachRun, type Share } from './shares.ts';

/** `unaligned_address`: what each address sent in streams that are not aligned. */
export interface UnalignedSums {
  /**
   * Adds shares of one source; those of aligned shapes are passed over.
   * @param streamOf row of `stream` by row of `profile` and whether it is timed
   */
  add(shares: readonly Share[], streamOf: (shapeId: number, timed: 0 | 1) => number): void;
  clear(): void;
}

type Key = [streamId: number, span: number, addressId: number];

const CACHED_SHAPES = 50_000;

export function createUnalignedSums(database: Connection): UnalignedSums {
  const cache = createBoundedCache<number, boolean>(CACHED_SHAPES);
  const facetOf = database
    .prepare<[shapeId: number], number>('SELECT facet FROM profile WHERE id = ?')
    .pluck();
  const rows = spanRows(database);

  const isUnaligned = ({ shapeId }: Share): boolean => {
    let known = cache.get(shapeId);
    if (known === undefined)
      cache.set(shapeId, (known = !isAlignedFacet(facetOf.get(shapeId) ?? 0)));
    return known;
  };

  const addToRow = (key: Key, run: readonly Share[]): void => {
    const changes = added(new Map(), run);
    if (changes.size === 0) return;
    // Nearly every row of a batch is new; nothing is taken from what is not there.
    const isMore = [...changes.values()].every((messages) => messages > 0);
    if (isMore && rows.insert(key, reportedText(changes))) return;
    rows.replace(key, added(reportedOf(rows.read(key)), run));
  };

  return {
    add: (shares, streamOf) => {
      const unaligned = shares.filter(isUnaligned).sort(byRow);
      eachRun(unaligned, byRow, ({ shapeId, timed, day, addressId }, run) =>
        addToRow([streamOf(shapeId, timed), spanOf(day), addressId], run),
      );
    },
    clear: () => cache.clear(),
  };
}

const byRow = (a: Share, b: Share): number =>
  a.shapeId - b.shapeId ||
  a.timed - b.timed ||
  spanOf(a.day) - spanOf(b.day) ||
  a.addressId - b.addressId;

/** Days and their messages, by place in the span; what comes to zero leaves no trace. */
function added(places: Map<number, number>, run: readonly Share[]): Map<number, number> {
  for (const { day, messages } of run) {
    const place = placeOf(day);
    const sum = (places.get(place) ?? 0) + messages;
    if (sum === 0) places.delete(place);
    else places.set(place, sum);
  }
  return places;
}

function spanRows(database: Connection) {
  const same = 'stream_id = ? AND span = ? AND address_id = ?';
  const insert = database.prepare<[...Key, days: string]>(/* sql */ `
    INSERT INTO unaligned_address (stream_id, span, address_id, days) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING
  `);
  const find = database
    .prepare<Key, string>(`SELECT days FROM unaligned_address WHERE ${same}`)
    .pluck();
  const update = database.prepare<[days: string, ...Key]>(
    `UPDATE unaligned_address SET days = ? WHERE ${same}`,
  );
  const drop = database.prepare<Key>(`DELETE FROM unaligned_address WHERE ${same}`);
  return {
    /** False where the row is there already. */
    insert: (key: Key, days: string): boolean => insert.run(...key, days).changes > 0,
    read: (key: Key): string => find.get(...key) ?? '',
    replace: (key: Key, places: ReadonlyMap<number, number>): void => {
      if (places.size === 0) drop.run(...key);
      else update.run(reportedText(places), ...key);
    },
  };
}
