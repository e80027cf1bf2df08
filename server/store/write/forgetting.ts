import type { Connection } from '../connection.ts';
import { FORGETTABLE } from '../forgettable.ts';
import type { Forgotten, ForgetFilter } from '../keeping.ts';

export interface Forgetting {
  /** Of a report that no longer counts: its records, its kept bytes, and what it quotes. */
  forget(reportId: number, nowSeconds: number): void;
  /** Some of the reports that count and match, from the id after this one on. */
  next(filter: ForgetFilter, afterId: number): ForgettableReport[];
  /** The ids of all that came under this identity. */
  versions(identity: Buffer): number[];
}

export interface ForgettableReport extends Omit<Forgotten, 'reports'> {
  id: number;
  identity: Buffer;
}

/** One transaction's part; `next` is the id to go on after, null at the end. */
export type ForgottenPart = Forgotten & { next: number | null };

/** Reports of one transaction, and the records after which it ends. */
export const REPORTS_AT_ONCE = 100;
export const RECORDS_AT_ONCE = 20_000;

export function createForgetting(database: Connection): Forgetting {
  const next = database.prepare<
    { afterId: number; beforeDay: number; domain: string | null; limit: number },
    ForgettableReport
  >(/* sql */ `
    SELECT r.id, r.identity, r.records, r.messages FROM report AS r
    WHERE ${FORGETTABLE} AND r.id > @afterId
      AND (@domain IS NULL
        OR r.policy_domain_id = (SELECT id FROM policy_domain WHERE name = @domain))
    ORDER BY r.id LIMIT @limit
  `);
  const versions = [1, 0].map((counted) =>
    database
      .prepare<[identity: Buffer], number>(
        `SELECT id FROM report WHERE identity = ? AND counted = ${counted}`,
      )
      .pluck(),
  );
  const records = database.prepare<[reportId: number]>('DELETE FROM record WHERE report_id = ?');
  const bytes = ['kept', 'kept_refused'].map((table) =>
    database.prepare<[reportId: number]>(/* sql */ `
      DELETE FROM ${table}
      WHERE content_sha256 = (SELECT content_sha256 FROM report WHERE id = ?)
    `),
  );
  const quotes = database.prepare<[reportId: number]>(/* sql */ `
    UPDATE report SET counted = 0, warnings = NULL, errors = NULL, refused_row_details = NULL
    WHERE id = ?
  `);
  const note = database.prepare<[reportId: number, nowSeconds: number]>(
    'INSERT OR IGNORE INTO forgotten_report (report_id, forgotten_seconds) VALUES (?, ?)',
  );
  return {
    forget: (reportId, nowSeconds) => {
      for (const statement of [records, ...bytes, quotes]) statement.run(reportId);
      note.run(reportId, nowSeconds);
    },
    next: (filter, afterId) => next.all({ ...filter, afterId, limit: REPORTS_AT_ONCE }),
    versions: (identity) => versions.flatMap((find) => find.all(identity)),
  };
}
