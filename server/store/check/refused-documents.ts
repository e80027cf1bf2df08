import type { KeptBytes } from '../../../ingest/document.ts';
import type { Connection } from '../connection.ts';

/** A document that could not be read, or a message that was set aside whole. */
export interface RefusedDocument {
  messageId: number;
  /** A message of an import has no mailbox to be fetched from again. */
  isFile: boolean;
  /** The mailbox was removed. */
  isGone: boolean;
  uid: number;
  /** Of a file; else ''. */
  fileName: string;
  /** null: the message was set aside before anything of it was decided. */
  document: {
    position: number;
    part: string;
    name: string;
    reason: string;
    kept: () => KeptBytes | null;
  } | null;
  /** A place behind all documents of its message. */
  freePosition: number;
}

interface Row {
  messageId: number;
  origin: string;
  removed: 0 | 1;
  uid: number;
  fileName: string;
  position: number | null;
  part: string;
  name: string;
  reason: string;
  contentSha256: Buffer | null;
  freePosition: number;
}

export function createRefusedDocuments(
  database: Connection,
): (messageIds: readonly number[] | null) => RefusedDocument[] {
  const rows = database.prepare<{ ids: string | null }, Row>(/* sql */ `
    SELECT m.id AS messageId, b.origin, b.removed, m.uid, m.name AS fileName,
           c.position, ifnull(c.part, '') AS part, ifnull(c.name, '') AS name,
           ifnull(c.reason, '') AS reason, c.content_sha256 AS contentSha256,
           (SELECT ifnull(max(position), -1) + 1 FROM document WHERE message_id = m.id)
             AS freePosition
    FROM message AS m
    JOIN mailbox AS b ON b.id = m.mailbox_id
    LEFT JOIN document AS c ON c.message_id = m.id AND c.outcome = 'refused'
    WHERE (c.position IS NOT NULL OR m.state = 'set-aside')
      AND (@ids IS NULL OR m.id IN (SELECT value FROM json_each(@ids)))
    ORDER BY m.id, c.position
  `);
  const kept = database.prepare<[contentSha256: Buffer], KeptBytes>(/* sql */ `
    SELECT encoding, bytes, inflated_bytes AS inflatedBytes FROM kept WHERE content_sha256 = ?
  `);
  const keptOf = (contentSha256: Buffer | null): KeptBytes | null =>
    contentSha256 === null ? null : (kept.get(contentSha256) ?? null);

  return (messageIds) =>
    rows
      .all({ ids: messageIds === null ? null : JSON.stringify(messageIds) })
      .map(({ origin, removed, position, part, name, reason, contentSha256, ...row }) => ({
        ...row,
        isFile: origin === 'files',
        isGone: removed === 1,
        document:
          position === null
            ? null
            : { position, part, name, reason, kept: () => keptOf(contentSha256) },
      }));
}
