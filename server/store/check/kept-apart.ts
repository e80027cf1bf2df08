import type { KeptBytes } from '../../../ingest/document.ts';
import type { Connection } from '../connection.ts';

/** Bytes that are kept of what was refused. */
export interface KeptApart {
  contentSha256: string;
  kept: KeptBytes;
}

/** All kept bytes that are of no report, by their hash. No cursor stays open between two of them. */
export function createKeptApart(database: Connection): () => Generator<KeptApart> {
  const after = database.prepare<[contentSha256: Buffer], KeptBytes & { hash: Buffer }>(/* sql */ `
    SELECT content_sha256 AS hash, encoding, inflated_bytes AS inflatedBytes, bytes FROM kept
    WHERE content_sha256 > ? AND content_sha256 NOT IN (SELECT content_sha256 FROM report)
    ORDER BY content_sha256 LIMIT 1
  `);
  return function* () {
    let next = after.get(Buffer.alloc(0));
    for (; next !== undefined; next = after.get(next.hash)) {
      const { hash, ...kept } = next;
      yield { contentSha256: hash.toString('hex'), kept };
    }
  };
}
