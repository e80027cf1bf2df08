import { createHash } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { contentsOf } from '../server/store/digest.ts';

/** What became of every message and document, by place in its mailbox; not when it was seen. */
const LEDGER = /* sql */ `
  SELECT b.user, b.folder, m.uid_validity, m.uid, m.name, m.state, m.size_bytes, hex(m.header_block),
         d.position, d.part, d.name, d.outcome, d.reason, d.detail, hex(d.content_sha256),
         d.records, d.refused_rows, d.messages
  FROM message AS m
  JOIN mailbox AS b ON b.id = m.mailbox_id
  LEFT JOIN document AS d ON d.message_id = m.id
`;

/**
 * SHA-256 over everything that a data directory means: reports, rows, kept bytes, sums, names and the
 * outcomes of the ledger, without row ids and times of reading.
 */
export function databaseDigest(dataDir: string): string {
  const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
  try {
    const rows = database.prepare(LEDGER).raw().all();
    const ledger = rows.map((row) => JSON.stringify(row)).sort();
    return createHash('sha256')
      .update(JSON.stringify({ ...contentsOf(dataDir), ledger }))
      .digest('hex');
  } finally {
    database.close();
  }
}
