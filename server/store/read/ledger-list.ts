import type { Connection } from '../connection.ts';
import type { DecidedDocument, LedgerFilter, LedgerRow, Page } from '../store.ts';

type MessageRow = Omit<LedgerRow, 'documents'>;
type Find = (mailboxId: number, before: number, limit: number) => MessageRow[];

/** Messages of the ledger newest first, with their documents. */
export function createLedgerList(
  database: Connection,
): (filter: LedgerFilter, cursor: string | null, limit: number) => Page<LedgerRow> {
  const mailboxIds = database.prepare<[], number>('SELECT id FROM mailbox').pluck();
  const documentsOf = database.prepare<[messageId: number], DecidedDocument>(/* sql */ `
    SELECT position, part, name, outcome, reason, detail, report_id AS reportId, records,
           refused_rows AS refusedRows, messages
    FROM document WHERE message_id = ? ORDER BY position
  `);
  const finder = createFinder(database);

  return ({ mailboxId, outcome }, cursor, limit) => {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor);
    if (!Number.isSafeInteger(before)) return { items: [], nextCursor: null };
    const find = finder(outcome);
    // One mailbox after the other, each by its own index: there are few, and each may be long.
    const found = (mailboxId === null ? mailboxIds.all() : [mailboxId])
      .flatMap((id) => find(id, before, limit + 1))
      .sort((a, b) => b.id - a.id);
    const items = found
      .slice(0, limit)
      .map((message) => ({ ...message, documents: documentsOf.all(message.id) }));
    return { items, nextCursor: found.length > limit ? String(items.at(-1)?.id) : null };
  };
}

const COLUMNS = /* sql */ `
  m.id, m.mailbox_id AS mailboxId, m.uid_validity AS uidValidity, m.uid, m.name, m.state,
  m.attempts, m.size_bytes AS sizeBytes, m.first_seen_seconds AS firstSeenSeconds,
  m.decided_seconds AS decidedSeconds
`;

function createFinder(database: Connection): (outcome: LedgerFilter['outcome']) => Find {
  const all = database.prepare<[number, number, number], MessageRow>(/* sql */ `
    SELECT ${COLUMNS} FROM message AS m INDEXED BY message_by_mailbox
    WHERE m.mailbox_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?
  `);
  const inState = database.prepare<[number, string, number, number], MessageRow>(/* sql */ `
    SELECT ${COLUMNS} FROM message AS m INDEXED BY message_not_done
    WHERE m.mailbox_id = ? AND m.state = ? AND m.state <> 'done' AND m.id < ?
    ORDER BY m.id DESC LIMIT ?
  `);
  const withOutcome = database.prepare<[string, number, number, number], MessageRow>(/* sql */ `
    SELECT ${COLUMNS}
    FROM (
      SELECT DISTINCT message_id FROM document INDEXED BY document_by_outcome
      WHERE outcome = ? AND mailbox_id = ? AND message_id < ? ORDER BY message_id DESC LIMIT ?
    ) AS c
    JOIN message AS m ON m.id = c.message_id
  `);
  return (outcome) => {
    switch (outcome) {
      case null:
        return (mailboxId, before, limit) => all.all(mailboxId, before, limit);
      case 'pending':
      case 'unresolved':
      case 'set-aside':
        return (mailboxId, before, limit) => inState.all(mailboxId, outcome, before, limit);
      default:
        return (mailboxId, before, limit) => withOutcome.all(outcome, mailboxId, before, limit);
    }
  };
}
