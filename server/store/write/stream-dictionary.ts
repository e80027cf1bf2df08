import type { Connection } from '../connection.ts';
import { inner } from './nested-maps.ts';

type Key = [policyDomainId: number, sourceRow: number, shapeId: number, timed: 0 | 1];

const CACHED_STREAMS = 50_000;

/** Rows of `stream`, by policy domain, row of `source`, row of `profile` and whether it is timed. */
export function createStreamDictionary(database: Connection) {
  const insert = database.prepare<Key>(/* sql */ `
    INSERT INTO stream (policy_domain_id, source_id, shape_id, timed) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING
  `);
  const find = database
    .prepare<Key, number>(
      /* sql */ `
      SELECT id FROM stream
      WHERE policy_domain_id = ? AND source_id = ? AND shape_id = ? AND timed = ?
    `,
    )
    .pluck();
  /** By policy domain and source, then shape and timed in one number. */
  const known = new Map<number, Map<number, Map<number, number>>>();
  let size = 0;
  const clear = (): void => {
    known.clear();
    size = 0;
  };

  const stored = (key: Key): number => {
    const made = insert.run(...key);
    if (made.changes > 0) return Number(made.lastInsertRowid);
    const id = find.get(...key);
    if (id === undefined) throw new Error('A stream that is there already is not found.');
    return id;
  };

  return {
    /** The row of this stream, made if it is new. */
    idOf: (policyDomainId: number, sourceRow: number, shapeId: number, timed: 0 | 1): number => {
      if (size >= CACHED_STREAMS) clear();
      const streams = inner(inner(known, policyDomainId), sourceRow);
      const place = shapeId * 2 + timed;
      let id = streams.get(place);
      if (id === undefined) {
        id = stored([policyDomainId, sourceRow, shapeId, timed]);
        streams.set(place, id);
        size += 1;
      }
      return id;
    },
    clear,
  };
}
