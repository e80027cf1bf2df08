import type { Connection } from '../connection.ts';

/** Adds messages to the sum of a key; negative ones are taken away, and a sum of zero has no row. */
export type AddToSum = (key: readonly number[], messages: number) => void;

export function createSumTable(
  database: Connection,
  table: string,
  keyColumns: readonly string[],
): AddToSum {
  const columns = [...keyColumns, 'messages'];
  const same = keyColumns.map((column) => `${column} = ?`).join(' AND ');
  const more = database.prepare<number[]>(/* sql */ `
    INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET messages = messages + excluded.messages
  `);
  const fewer = database.prepare<number[]>(
    `UPDATE ${table} SET messages = messages + ? WHERE ${same}`,
  );
  const drop = database.prepare<number[]>(`DELETE FROM ${table} WHERE ${same} AND messages = 0`);
  return (key, messages) => {
    if (messages > 0) more.run(...key, messages);
    if (messages < 0) {
      fewer.run(messages, ...key);
      drop.run(...key);
    }
  };
}
