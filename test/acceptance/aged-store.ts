import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { startRuadmap } from '../program.ts';

const DAY_SECONDS = 86_400;

/** Looks at, or changes, what lies in the file past the program. */
export function inStore<T>(dataDir: string, work: (database: Database.Database) => T): T {
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

export const countIn = (dataDir: string, table: string): number =>
  inStore(dataDir, (database) =>
    Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
  );

/** As if all that is kept had come so many days before the newest report of it ended. */
export const olderBy = (dataDir: string, days: number): void =>
  inStore(dataDir, (database) => {
    const newest = Number(database.prepare('SELECT max(end_seconds) FROM report').pluck().get());
    const then = newest - days * DAY_SECONDS;
    for (const table of ['kept', 'kept_refused'])
      database.prepare(`UPDATE ${table} SET kept_seconds = ?`).run(then);
    database.prepare('UPDATE message SET decided_seconds = ?').run(then);
    database.prepare("DELETE FROM upkeep WHERE kind = 'retention'").run();
  });

/** Starts Ruadmap, waits until it has let go for the day, and returns what its page then counts. */
export async function aDayOfRuadmap(
  dataDir: string,
  ...flags: string[]
): Promise<Record<string, number> | undefined> {
  const running = await startRuadmap(['serve', '--data', dataDir, ...flags]);
  try {
    await expect
      .poll(() => countIn(dataDir, "upkeep WHERE kind = 'retention'"), {
        timeout: 30_000,
        interval: 200,
      })
      .toBe(1);
    const response = await fetch(`${running.url}api/mailboxes`);
    const { mailboxes } = (await response.json()) as {
      mailboxes: { counts: Record<string, number> }[];
    };
    return mailboxes[0]?.counts;
  } finally {
    await running.stop();
  }
}
