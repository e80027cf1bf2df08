import Database from 'better-sqlite3';

/** Whole pages of the tables and indexes of one kind. */
export interface TableGroup {
  name: string;
  bytes: number;
}

export interface TableBytes {
  records: number;
  /** All that records need to be counted, named and shown: without kept bytes, headers and the ledger. */
  counted: number;
  groups: TableGroup[];
}

const GROUP_OF: Readonly<Record<string, string>> = {
  report: 'reports',
  record: 'records',
  profile: 'profiles',
  address: 'addresses',
  address_day: 'sums',
  address_name: 'sums',
  address_sign: 'sums',
  stream: 'sums',
  stream_day: 'sums',
  reporter_day: 'sums',
  unaligned_address: 'sums',
  kept: 'kept-bytes',
  message: 'ledger-and-headers',
  document: 'ledger-and-headers',
};
const NOT_COUNTED: ReadonlySet<string> = new Set(['kept-bytes', 'ledger-and-headers']);

/** What a database takes by kind, indexes with their tables, in whole pages (SQLite's dbstat). */
export function tableBytes(file: string): TableBytes {
  const database = new Database(file, { readonly: true });
  try {
    const rows = database
      .prepare<[], { table: string; bytes: number }>(
        /* sql */ `
        SELECT m.tbl_name AS "table", sum(s.pgsize) AS bytes
        FROM dbstat AS s JOIN sqlite_schema AS m ON m.name = s.name
        WHERE s.aggregate = TRUE GROUP BY m.tbl_name
      `,
      )
      .all();
    const groups = new Map<string, number>();
    for (const { table, bytes } of rows) {
      const name = GROUP_OF[table] ?? 'names-and-policies';
      groups.set(name, (groups.get(name) ?? 0) + bytes);
    }
    const found = [...groups].map(([name, bytes]) => ({ name, bytes }));
    return {
      records: database.prepare<[], number>('SELECT sum(records) FROM report').pluck().get() ?? 0,
      counted: found.reduce((sum, { name, bytes }) => sum + (NOT_COUNTED.has(name) ? 0 : bytes), 0),
      groups: found,
    };
  } finally {
    database.close();
  }
}
