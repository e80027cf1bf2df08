import type { Connection } from '../connection.ts';
import { type Reported, reportedOf, reportedText } from '../reported.ts';

/** What one reporter told; negative where it is taken away. */
export interface Part {
  reporterId: number;
  messages: number;
}

/** Adds parts to the sum of a key. Parts and sums that come to zero leave no trace. */
export type AddReported = (key: readonly number[], parts: readonly Part[]) => void;

export function createReportedSums(
  database: Connection,
  table: string,
  keyColumns: readonly string[],
): AddReported {
  const rows = reportedRows(database, table, keyColumns);
  return (key, parts) => {
    const changes = added(new Map(), parts);
    const messages = sumOf(changes);
    // Nearly every key of a batch is new; nothing is taken from what is not there.
    if (messages > 0 && rows.insert(key, messages, changes)) return;
    if (changes.size > 0) rows.replace(key, added(rows.read(key), partsOf(changes)));
  };
}

const partsOf = (reported: Reported): Part[] =>
  [...reported].map(([reporterId, messages]) => ({ reporterId, messages }));

function added(reported: Reported, parts: readonly Part[]): Reported {
  for (const { reporterId, messages } of parts) {
    const sum = (reported.get(reporterId) ?? 0) + messages;
    if (sum === 0) reported.delete(reporterId);
    else reported.set(reporterId, sum);
  }
  return reported;
}

function sumOf(reported: Reported): number {
  let sum = 0;
  for (const messages of reported.values()) sum += messages;
  return sum;
}

function reportedRows(database: Connection, table: string, keyColumns: readonly string[]) {
  const columns = [...keyColumns, 'messages', 'reporters'];
  const same = keyColumns.map((column) => `${column} = ?`).join(' AND ');
  const insert = database.prepare<(number | string)[]>(/* sql */ `
    INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT DO NOTHING
  `);
  const find = database
    .prepare<number[], string>(`SELECT reporters FROM ${table} WHERE ${same}`)
    .pluck();
  const update = database.prepare<(number | string)[]>(
    `UPDATE ${table} SET messages = ?, reporters = ? WHERE ${same}`,
  );
  const drop = database.prepare<number[]>(`DELETE FROM ${table} WHERE ${same}`);
  return {
    /** False where the key is there already. */
    insert: (key: readonly number[], messages: number, reported: Reported): boolean =>
      insert.run(...key, messages, reportedText(reported)).changes > 0,
    read: (key: readonly number[]): Reported => reportedOf(find.get(...key) ?? ''),
    replace: (key: readonly number[], reported: Reported): void => {
      if (reported.size === 0) drop.run(...key);
      else update.run(sumOf(reported), reportedText(reported), ...key);
    },
  };
}
