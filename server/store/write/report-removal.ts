import type { Connection } from '../connection.ts';
import type { Version } from './versions.ts';

export interface RemovableReport extends Version {
  identity: Buffer;
  counted: 0 | 1;
  receivedSeconds: number;
}

/** Takes a report's row and records away, to be made again under the same id in the same transaction. */
export function createReportRemoval(database: Connection) {
  const find = database.prepare<[id: number], RemovableReport>(/* sql */ `
    SELECT identity, content_sha256 AS contentSha256, counted, provenance_rank AS provenanceRank,
           received_seconds AS receivedSeconds
    FROM report WHERE id = ?
  `);
  const removeReport = database.prepare<[id: number]>('DELETE FROM report WHERE id = ?');
  const tell = database.prepare<{ id: number }>(/* sql */ `
    UPDATE document SET (records, refused_rows, messages) = (
      SELECT records, refused_rows, messages FROM report WHERE id = @id
    ) WHERE report_id = @id
  `);
  return {
    find: (id: number): RemovableReport => {
      const found = find.get(id);
      if (found === undefined) throw new Error(`Report ${id} is not in the store.`);
      return found;
    },
    run: (id: number): void => {
      // Its documents point at it until it is there again, before the transaction ends.
      database.pragma('defer_foreign_keys = ON');
      removeReport.run(id);
    },
    tellDocuments: (id: number): void => {
      tell.run({ id });
    },
  };
}
