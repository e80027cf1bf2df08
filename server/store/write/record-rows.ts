import type { Connection } from '../connection.ts';

export interface RecordRow {
  position: number;
  addressId: number;
  profileId: number;
  count: number;
}

/** Rows that are read at once: a cursor may not stay open while its connection writes. */
const ROWS_AT_ONCE = 5_000;

export function createRecordRows(database: Connection) {
  const insert = database.prepare<
    [reportId: number, position: number, addressId: number, profileId: number, count: number]
  >(/* sql */ `
    INSERT INTO record (report_id, position, address_id, profile_id, message_count)
    VALUES (?, ?, ?, ?, ?)
  `);
  const after = database.prepare<
    [reportId: number, position: number, limit: number],
    RecordRow
  >(/* sql */ `
    SELECT position, address_id AS addressId, profile_id AS profileId, message_count AS count
    FROM record WHERE report_id = ? AND position > ? ORDER BY position LIMIT ?
  `);
  return {
    insert: (
      reportId: number,
      position: number,
      addressId: number,
      profileId: number,
      count: number,
    ): void => {
      insert.run(reportId, position, addressId, profileId, count);
    },
    *of(reportId: number): Generator<RecordRow> {
      let last = -1;
      for (;;) {
        const rows = after.all(reportId, last, ROWS_AT_ONCE);
        yield* rows;
        const end = rows.at(-1);
        if (end === undefined) return;
        last = end.position;
      }
    },
  };
}
