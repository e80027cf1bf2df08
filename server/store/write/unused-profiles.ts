import type { Connection } from '../connection.ts';

/** Records looked at in one step: short enough that a batch of mail hardly waits for it. */
const RECORDS_AT_ONCE = 20_000;

/**
 * Notes which profiles are in use, a step at a time. What is stored between two steps is noted as it
 * comes, so that after the last one no profile of a record is missing.
 */
export function* noteUsedProfiles(database: Connection): Generator<void> {
  database.exec(/* sql */ `
    ${DROP_NOTES}
    CREATE TEMP TABLE used_profile (id INTEGER PRIMARY KEY) STRICT;
    CREATE TEMP TRIGGER note_used_profile AFTER INSERT ON main.record BEGIN
      INSERT OR IGNORE INTO used_profile VALUES (new.profile_id);
    END;
  `);
  const reportAfter = database
    .prepare<[after: number, records: number], number>(
      /* sql */ `
      SELECT report_id FROM record WHERE report_id > ?
      ORDER BY report_id, position LIMIT 1 OFFSET ?
    `,
    )
    .pluck();
  const note = database.prepare<[after: number, upTo: number]>(/* sql */ `
    INSERT OR IGNORE INTO temp.used_profile
      SELECT profile_id FROM record WHERE report_id > ? AND report_id <= ?
  `);
  for (let after = 0, isLast = false; !isLast;) {
    const upTo = reportAfter.get(after, RECORDS_AT_ONCE);
    isLast = upTo === undefined;
    note.run(after, upTo ?? Number.MAX_SAFE_INTEGER);
    after = upTo ?? after;
    yield;
  }
}

/**
 * Drops all other profiles but the shapes of streams, which stay as streams do. Sums need no look: they
 * are of records. Ids are given out again: whatever remembers profiles by id must forget them.
 */
export function dropOtherProfiles(database: Connection): void {
  const drop = database.transaction(() =>
    database.exec(/* sql */ `
      INSERT OR IGNORE INTO temp.used_profile SELECT shape_id FROM stream;
      INSERT OR IGNORE INTO temp.used_profile
        SELECT shape_id FROM profile
        WHERE shape_id IS NOT NULL AND id IN (SELECT id FROM temp.used_profile);
      DELETE FROM profile WHERE id NOT IN (SELECT id FROM temp.used_profile);
      ${DROP_NOTES}
    `),
  );
  // No index leads from a profile to its records: SQLite would look through all of them for each row.
  database.pragma('foreign_keys = OFF');
  try {
    drop.immediate();
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

const DROP_NOTES = /* sql */ `
  DROP TRIGGER IF EXISTS temp.note_used_profile;
  DROP TABLE IF EXISTS temp.used_profile;
`;
