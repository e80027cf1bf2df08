import type { Connection } from '../connection.ts';
import type { SourceName } from '../store.ts';
import { sourceCrc } from '../row-crc.ts';
import { createBoundedCache } from './bounded-cache.ts';

const CACHED_SOURCES = 10_000;

export function createSourceDictionary(database: Connection) {
  const cache = createBoundedCache<string, number>(CACHED_SOURCES);
  // A service that is called otherwise since this row was made keeps its id.
  const save = database
    .prepare<[string, string, string, number], number>(
      /* sql */ `
      INSERT INTO source (source_id, name, kind, crc) VALUES (?, ?, ?, ?)
      ON CONFLICT (source_id) DO UPDATE SET
        name = excluded.name, kind = excluded.kind, crc = excluded.crc
      RETURNING id
    `,
    )
    .pluck();
  return {
    idOf: ({ id, name, kind }: SourceName): number => {
      const known = cache.get(id);
      if (known !== undefined) return known;
      const row = save.get(id, name, kind, sourceCrc({ id, name, kind }));
      if (row === undefined) throw new Error('An upsert returned no row.');
      cache.set(id, row);
      return row;
    },
    clear: cache.clear,
  };
}
