import type { Connection } from '../connection.ts';

/** Rows of one transaction: short enough that a batch of mail hardly waits for it. */
const AT_ONCE = 500;

/** One transaction's part: how many went, and where to go on; null at the end. */
export interface LetGoPart {
  gone: number;
  next: number | null;
}

/** Lets go of kept bytes and ledger rows, a small part at a time. */
export function createLettingGo(database: Connection) {
  const oldest = database
    .prepare<[before: number, limit: number], Buffer>(
      /* sql */ `
      SELECT k.content_sha256 FROM kept AS k INDEXED BY kept_by_age
      WHERE k.kept_seconds < ?
        AND NOT EXISTS (SELECT 1 FROM kept_refused AS f WHERE f.content_sha256 = k.content_sha256)
      ORDER BY k.kept_seconds LIMIT ?
    `,
    )
    .pluck();
  const oldestRefused = database
    .prepare<[before: number, limit: number], Buffer>(
      'SELECT content_sha256 FROM kept_refused WHERE kept_seconds < ? ORDER BY kept_seconds LIMIT ?',
    )
    .pluck();
  const drop = database.prepare<[content: Buffer]>('DELETE FROM kept WHERE content_sha256 = ?');
  const dropRefused = database.prepare<[content: Buffer]>(
    'DELETE FROM kept_refused WHERE content_sha256 = ?',
  );
  const bytesOf = (find: typeof oldest, before: number): LetGoPart => {
    const contents = find.all(before, AT_ONCE);
    for (const content of contents) {
      drop.run(content);
      dropRefused.run(content);
    }
    return { gone: contents.length, next: contents.length < AT_ONCE ? null : 0 };
  };
  return {
    xml: (before: number): LetGoPart => bytesOf(oldest, before),
    refused: (before: number): LetGoPart => bytesOf(oldestRefused, before),
    otherMail: createOtherMail(database),
  };
}

/**
 * Only rows that nothing looks at again: the folder was read beyond them, or numbers its mail anew
 * since, or they came as files, which are read whenever they are imported.
 */
function createOtherMail(
  database: Connection,
): (mailboxId: number, before: number, after: number) => LetGoPart {
  const some = database.prepare<
    { mailboxId: number; before: number; after: number; limit: number },
    { id: number; isOld: 0 | 1 }
  >(/* sql */ `
    SELECT m.id,
           m.state = 'done' AND m.decided_seconds < @before
             AND (b.origin = 'files' OR m.uid_validity IS NOT p.uid_validity
               OR m.uid <= p.seen_up_to_uid)
             AND NOT EXISTS (
               SELECT 1 FROM document AS c WHERE c.message_id = m.id AND c.outcome <> 'not-a-report')
             AND NOT EXISTS (SELECT 1 FROM after_action AS a WHERE a.message_id = m.id) AS isOld
    FROM (
      SELECT DISTINCT message_id FROM document INDEXED BY document_by_outcome
      WHERE outcome = 'not-a-report' AND mailbox_id = @mailboxId AND message_id > @after
      ORDER BY message_id LIMIT @limit
    ) AS s
    JOIN message AS m ON m.id = s.message_id
    JOIN mailbox AS b ON b.id = m.mailbox_id
    LEFT JOIN folder_progress AS p ON p.mailbox_id = m.mailbox_id
    ORDER BY m.id
  `);
  const dropDocuments = database.prepare<[messageId: number]>(
    'DELETE FROM document WHERE message_id = ?',
  );
  const dropMessage = database.prepare<[id: number]>('DELETE FROM message WHERE id = ?');
  const count = database.prepare<
    [mailboxId: number, messages: number, documents: number]
  >(/* sql */ `
    INSERT INTO ledger_let_go (mailbox_id, messages, documents) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET
      messages = messages + excluded.messages, documents = documents + excluded.documents
  `);
  return (mailboxId, before, after) => {
    const found = some.all({ mailboxId, before, after, limit: AT_ONCE });
    const old = found.filter(({ isOld }) => isOld === 1);
    let documents = 0;
    for (const { id } of old) {
      documents += dropDocuments.run(id).changes;
      dropMessage.run(id);
    }
    if (old.length > 0) count.run(mailboxId, old.length, documents);
    return { gone: old.length, next: found.length < AT_ONCE ? null : (found.at(-1)?.id ?? null) };
  };
}
