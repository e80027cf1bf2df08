import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { projectDir, ruadmapJson } from '../program.ts';
import { contentsOf } from '../server/store/digest.ts';
import { recount } from '../server/store/recount.ts';
import { ownNaming } from './fault-store.ts';
import type { Golden } from './golden-mailbox.ts';

const openStore = (dataDir: string): Database.Database =>
  new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });

/** Reads the database itself, past the product. */
export function query<T>(dataDir: string, sql: string): T[] {
  const database = openStore(dataDir);
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

/** What must hold at any moment, whatever died: sound pages, no broken reference, no half document. */
export function expectWhole(dataDir: string): void {
  // Ended before there was anything.
  if (!existsSync(path.join(dataDir, 'ruadmap.db'))) return;
  const database = openStore(dataDir);
  try {
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    if (database.pragma('user_version', { simple: true }) === newestSchema()) {
      expect(database.prepare(HALVES).all()).toEqual([]);
    }
  } finally {
    database.close();
  }
}

const newestSchema = (): number =>
  readdirSync(path.join(projectDir, 'migrations')).filter((name) => name.endsWith('.sql')).length;

/** Decided without a document, a document of what is not decided, or a report without its rows or bytes. */
const HALVES = /* sql */ `
  SELECT 'message' AS what, id FROM message AS m
  WHERE (state = 'done') <> EXISTS (SELECT 1 FROM document AS d WHERE d.message_id = m.id)
  UNION ALL
  SELECT 'report', r.id FROM report AS r
  WHERE r.records - r.refused_rows <> (SELECT count(*) FROM record AS c WHERE c.report_id = r.id)
     OR NOT EXISTS (SELECT 1 FROM kept AS k WHERE k.content_sha256 = r.content_sha256)
     OR NOT EXISTS (SELECT 1 FROM document AS d WHERE d.report_id = r.id)
`;

/** Every sum of the store against the rows that it sums up. */
export function expectSumsOfRows(dataDir: string): void {
  const expected = recount(dataDir, ownNaming());
  const contents = contentsOf(dataDir);
  const kept = Object.keys(expected).map((table) => [table, contents[table]]);
  expect(Object.fromEntries(kept)).toEqual(expected);
}

interface MessageRow {
  uid: number;
  state: string;
  documents: number;
  outcome: string;
}

const LEDGER = /* sql */ `
  SELECT m.uid, m.state, count(d.position) AS documents, max(d.outcome) AS outcome
  FROM message AS m
  LEFT JOIN document AS d ON d.message_id = m.id
  JOIN folder_progress AS f ON f.mailbox_id = m.mailbox_id AND f.uid_validity = m.uid_validity
  GROUP BY m.id ORDER BY m.uid
`;

/** Every mail of the folder has one row, decided, of one document, with the outcome that it must have. */
export function expectExactLedger(dataDir: string, golden: Golden): void {
  const rows = query<MessageRow>(dataDir, LEDGER);
  const undecided = rows.filter(({ state, documents }) => state !== 'done' || documents !== 1);
  expect(undecided).toEqual([]);
  expect(rows.map(({ uid }) => uid)).toEqual(golden.mails.map((_, place) => place + 1));
  const outcomes = { stored: 0, conflict: 0, duplicate: 0, 'not-a-report': 0, refused: 0 };
  for (const { uid, outcome } of rows) {
    outcomes[outcome as keyof typeof outcomes] += 1;
    expect({ uid, carries: outcome !== 'not-a-report' }).toEqual({
      uid,
      carries: golden.carriesReport[uid - 1],
    });
  }
  expect(outcomes).toEqual(golden.outcomes);
}

/** Records, sums by day and kept bytes, from the rows themselves. */
export function expectGoldenRows(dataDir: string, golden: Golden): void {
  const days = query<{ key: string; messages: number }>(
    dataDir,
    /* sql */ `
      SELECT d.name || ' ' || (r.begin_seconds / 86400) AS key, sum(c.message_count) AS messages
      FROM record AS c
      JOIN report AS r ON r.id = c.report_id AND r.counted = 1
      JOIN policy_domain AS d ON d.id = r.policy_domain_id
      GROUP BY 1
    `,
  );
  const byDay = Object.fromEntries(days.map(({ key, messages }) => [key, messages]));
  expect(byDay).toEqual(golden.messagesByDay);
  const kept = query<{ content: string }>(
    dataDir,
    'SELECT lower(hex(content_sha256)) AS content FROM kept ORDER BY 1',
  );
  expect(kept.map(({ content }) => content)).toEqual(golden.contents);
}

/** What `ruadmap totals` says, made from the sums. */
export async function expectGoldenTotals(dataDir: string, golden: Golden): Promise<void> {
  expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({
    reports: golden.reports,
    ...golden.totals,
  });
}

/** Everything that must hold once a mailbox was read to its end. */
export async function expectDrained(dataDir: string, golden: Golden): Promise<void> {
  expectWhole(dataDir);
  expectExactLedger(dataDir, golden);
  expectGoldenRows(dataDir, golden);
  expectSumsOfRows(dataDir);
  await expectGoldenTotals(dataDir, golden);
}
