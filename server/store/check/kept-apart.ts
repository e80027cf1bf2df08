import type { KeptBytes } from '../../../ingest/document.ts';
import type { Connection } from '../connection.ts';

/** Bytes that are kept of what was refused. */
export interface KeptApart {
  contentSha256: string;
  kept: KeptBytes;
}

/** All kept bytes that are of no report, by their hash. No cursor stays open between two of them. */
export function createKeptApart(database: Connection): () => Generator<KeptApart> {
  return function* () {
    // No index of the store leads from a hash to its report: asked for each row, it would be made each time.
    database.exec(/* sql */ `
      DROP TABLE IF EXISTS temp.report_content;
      CREATE TEMP TABLE report_content (content_sha256 BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
      INSERT OR IGNORE INTO temp.report_content
        SELECT content_sha256 FROM report ORDER BY content_sha256;
    `);
    const after = database.prepare<
      [contentSha256: Buffer],
      KeptBytes & { hash: Buffer }
    >(/* sql */ `
      SELECT content_sha256 AS hash, encoding, inflated_bytes AS inflatedBytes, bytes FROM kept
      WHERE content_sha256 > ?
        AND NOT EXISTS (
          SELECT 1 FROM temp.report_content AS r WHERE r.content_sha256 = kept.content_sha256)
      ORDER BY content_sha256 LIMIT 1
    `);
    let next = after.get(Buffer.alloc(0));
    for (; next !== undefined; next = after.get(next.hash)) {
      const { hash, ...kept } = next;
      yield { contentSha256: hash.toString('hex'), kept };
    }
  };
}
