import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { createNaming } from '../../server/analysis/naming.ts';
import { importPaths } from '../../server/import-files.ts';
import { openReader, openWriter } from '../../server/store/open.ts';
import type { LedgerRow, StoreReader } from '../../server/store/store.ts';
import { wordsForReason } from '../../web/words/reasons.ts';
import { digestOf } from '../server/store/digest.ts';
import { migrationsDir } from '../server/store/temp-store.ts';
import { expectKept } from './kept.ts';
import { CASE_MESSAGES, GOOD_DOMAIN, goodMail, goodMessages } from './mails.ts';
import { importInOwnProcess } from './own-process.ts';
import type { Fed, MatrixCase, MatrixRow } from './row.ts';
import { builtTrial } from '../reading-trial.ts';

/** 10 January 2026: ten days after the reports of the cases. */
export const NOW_SECONDS = Date.UTC(2026, 0, 10) / 1000;

/**
 * Feeds the cases of a row, each between two good reports, into a store of their own, twice, and
 * checks what must hold of every case.
 */
export async function feed(row: MatrixRow): Promise<Fed> {
  const cases = await row.cases();
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-matrix-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const mailsDir = path.join(folder, 'mails');
  const dataDir = path.join(folder, 'data');
  writeMails(mailsDir, cases);
  const mailsBefore = filesIn(mailsDir);
  const importAll = row.inOwnProcess === true ? importInOwnProcess : importHere;

  await importAll(mailsDir, dataDir);
  const reader = openReader({ dataDir });
  onTestFinished(() => reader.close());
  const rows = await expectOutcomes(reader, cases);
  await expectTotals(reader, cases);
  for (const [index, one] of cases.entries()) {
    const bytes = readFileSync(path.join(mailsDir, nameOf(2 * index + 1)));
    await expectKept(reader, one, bytes, NOW_SECONDS);
  }
  const first = await pictureOf(reader, dataDir);

  await importAll(mailsDir, dataDir);
  expect(await pictureOf(reader, dataDir), 'a second run changes nothing').toEqual(first);
  expect(filesIn(mailsDir), 'the mails stay as they were').toEqual(mailsBefore);
  expect(readdirSync(folder).sort(), 'nothing is written elsewhere').toEqual(['data', 'mails']);
  for (const name of readdirSync(dataDir)) expect(name).toMatch(/^(?:ruadmap\.|owner|secret)/);
  return { mailsDir, dataDir, reader, rows };
}

const nameOf = (place: number): string => `${String(place).padStart(6, '0')}.eml`;

function writeMails(mailsDir: string, cases: readonly MatrixCase[]): void {
  mkdirSync(mailsDir);
  const write = (place: number, bytes: Buffer): void =>
    writeFileSync(path.join(mailsDir, nameOf(place)), bytes);
  write(0, goodMail(0));
  for (const [index, one] of cases.entries()) {
    write(2 * index + 1, one.mail());
    write(2 * index + 2, goodMail(index + 1));
  }
}

export async function importHere(mails: string, dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const writer = openWriter({ dataDir, migrationsDir, naming: createNaming(() => null) });
  const nowSeconds = (): number => NOW_SECONDS;
  const reader = createDocumentReader(defaultLimits);
  try {
    const deps = { writer, reader, trial: builtTrial, limits: defaultLimits, nowSeconds };
    await importPaths(deps, [mails], () => undefined);
  } finally {
    await writer.close();
  }
}

/** One row of the ledger for each mail, decided, with the words that a person reads. */
async function expectOutcomes(
  reader: StoreReader,
  cases: readonly MatrixCase[],
): Promise<LedgerRow[]> {
  const rows = (await ledgerOf(reader)).sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(rows.map(({ name }) => name)).toEqual(
    Array.from({ length: 2 * cases.length + 1 }, (_, place) => nameOf(place)),
  );
  const caseRows = rows.filter((_, place) => place % 2 === 1);
  const found: Record<string, string[]> = {};
  for (const [index, { attack }] of cases.entries()) {
    found[attack] = await outcomesOf(reader, caseRows[index]?.documents ?? []);
  }
  expect(found).toEqual(Object.fromEntries(cases.map((one) => [one.attack, one.expected])));
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['done']));
  for (const { reason } of caseRows.flatMap(({ documents }) => documents)) {
    if (reason !== null) expect(wordsForReason(reason).meaning).not.toBe(reason);
  }
  return caseRows;
}

function outcomesOf(reader: StoreReader, documents: LedgerRow['documents']): Promise<string[]> {
  return Promise.all(
    documents.map(async ({ outcome, reason, reportId }) => {
      if (outcome !== 'stored' || reportId === null) return `${outcome} ${reason ?? ''}`.trim();
      const warnings = (await reader.report(reportId))?.warnings ?? [];
      return `stored ${warnings.join(' ')}`.trim();
    }),
  );
}

async function ledgerOf(reader: StoreReader): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await reader.ledger({ mailboxId: null, outcome: null }, cursor, 500);
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

async function expectTotals(reader: StoreReader, cases: readonly MatrixCase[]): Promise<void> {
  const all = { from: null, to: null };
  const good = await reader.totals({ ...all, domain: GOOD_DOMAIN });
  const goods = Array.from({ length: cases.length + 1 }, (_, serial) => goodMessages(serial));
  expect([good.reports, good.tally.messages]).toEqual([goods.length, sum(goods)]);
  const { tally } = await reader.totals({ ...all, domain: null });
  expect(tally.messages).toBe(sum(goods) + sum(cases.map(messagesOf)));
}

const messagesOf = ({ expected, messages }: MatrixCase): number =>
  messages ?? CASE_MESSAGES * expected.filter((outcome) => outcome.startsWith('stored')).length;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** All that a second run must leave as it is. */
async function pictureOf(reader: StoreReader, dataDir: string): Promise<unknown> {
  const rows = (await ledgerOf(reader)).map(({ name, state, documents }) => [
    name,
    state,
    documents,
  ]);
  return { digest: digestOf(dataDir), counts: await reader.ledgerCounts(), rows };
}

const filesIn = (folder: string): unknown[] =>
  readdirSync(folder).map((name) => {
    const { size, mtimeMs } = statSync(path.join(folder, name));
    return [name, size, mtimeMs];
  });
