import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { readMail } from '../../ingest/mail.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { NOW_SECONDS } from '../imap/polling.ts';
import { temporaryDir } from '../program.ts';
import { databaseDigest } from './database-digest.ts';
import { tempStore } from './fault-store.ts';
import { goldenMailbox } from './golden-mailbox.ts';

/**
 * Where and when something came, in what it was packed, how often a domain has changed, and the checks
 * of rows, which tell nothing of their own.
 */
const LEFT_OUT = [
  ...['origin', 'user', 'host', 'port', 'security', 'folder', 'removed'].map(
    (column) => `mailbox.${column}`,
  ),
  ...['mailbox.after_kind', 'mailbox.after_create'],
  ...['message.mailbox_id', 'message.uid_validity', 'message.uid', 'message.name'],
  ...['message.attempts', 'message.first_seen_seconds', 'message.decided_seconds'],
  ...['message.crc', 'document.mailbox_id', 'document.crc'],
  ...['kept.encoding', 'kept.kept_seconds', 'report.received_seconds'],
  ...['source.crc', 'address_name.crc'],
  ...['domain_version.policy_domain', 'domain_version.version'],
];

async function storeOfMails() {
  const golden = goldenMailbox({ seed: 3, reports: 12, others: 4, repeats: 3, conflicts: 3 });
  const store = await tempStore();
  const reader = createDocumentReader(defaultLimits);
  for (const [place, mail] of golden.mails.entries()) {
    const key = { mailboxId: store.mailboxId, uidValidity: '1', uid: place + 1, name: '' };
    await store.writer.beginAttempts([key], NOW_SECONDS);
    const found = await readMail(mail, defaultLimits, reader, NOW_SECONDS);
    await store.writer.commit([{ key, sizeBytes: mail.length, ...found }], NOW_SECONDS);
  }
  return store;
}

interface Column {
  table: string;
  column: string;
}

const COLUMNS = /* sql */ `
  SELECT t.name AS "table", c.name AS "column" FROM sqlite_master AS t, pragma_table_info(t.name) AS c
  WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.name <> 'id' AND t.name <> 'migration'`;

/** Changes the value in every row that has the same; false where no row has one. */
function change(file: string, { table, column }: Column): boolean {
  const database = new Database(file);
  database.pragma('ignore_check_constraints = ON');
  database.pragma('foreign_keys = OFF');
  try {
    const value = database
      .prepare(`SELECT "${column}" FROM "${table}" WHERE "${column}" IS NOT NULL LIMIT 1`)
      .pluck()
      .get();
    if (value === undefined) return false;
    const update = database.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE "${column}" = ?`);
    update.run(otherThan(value), value);
    return true;
  } finally {
    database.close();
  }
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1_000_000;
  if (!Buffer.isBuffer(value)) return `${String(value)}x`;
  return Buffer.from(value.map((byte, place) => (place === 0 ? byte ^ 1 : byte)));
}

test('a change of any value that counts changes the digest', async () => {
  const store = await storeOfMails();
  const { dir, remove } = temporaryDir();
  onTestFinished(async () => {
    remove();
    await store.remove();
  });
  const whole = path.join(dir, 'ruadmap.db');
  const source = new Database(path.join(store.dataDir, 'ruadmap.db'), { readonly: true });
  source.prepare('VACUUM INTO ?').run(whole);
  const columns = source.prepare<[], Column>(COLUMNS).all();
  source.close();
  const before = databaseDigest(dir);
  const unnoticed: string[] = [];
  let noticed = 0;
  for (const [place, one] of columns.entries()) {
    const copy = path.join(dir, String(place));
    mkdirSync(copy);
    copyFileSync(whole, path.join(copy, 'ruadmap.db'));
    if (!change(path.join(copy, 'ruadmap.db'), one)) continue;
    if (isNoticed(copy, before)) noticed += 1;
    else unnoticed.push(`${one.table}.${one.column}`);
  }
  expect(unnoticed).toEqual(LEFT_OUT);
  expect(noticed).toBeGreaterThan(80);
}, 120_000);

function isNoticed(dataDir: string, before: string): boolean {
  try {
    return databaseDigest(dataDir) !== before;
  } catch {
    // Kept bytes that are not what their hash says.
    return true;
  }
}
