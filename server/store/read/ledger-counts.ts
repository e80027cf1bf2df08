import type { Connection } from '../connection.ts';
import type { DocumentOutcome, LedgerCounts, MessageState } from '../store.ts';

/** How many messages and documents of each kind every mailbox has: by indexes alone. */
export function createLedgerCounts(database: Connection): () => LedgerCounts[] {
  const messages = database.prepare<[], { mailboxId: number; messages: number }>(/* sql */ `
    SELECT b.id AS mailboxId,
           (SELECT count(*) FROM message WHERE mailbox_id = b.id) AS messages
    FROM mailbox AS b ORDER BY b.id
  `);
  const states = database.prepare<
    [],
    { mailboxId: number; state: MessageState; found: number }
  >(/* sql */ `
    SELECT mailbox_id AS mailboxId, state, count(*) AS found
    FROM message INDEXED BY message_not_done WHERE state <> 'done' GROUP BY mailbox_id, state
  `);
  const outcomes = database.prepare<
    [],
    { mailboxId: number; outcome: DocumentOutcome; found: number }
  >(/* sql */ `
    SELECT mailbox_id AS mailboxId, outcome, count(*) AS found
    FROM document INDEXED BY document_by_outcome GROUP BY outcome, mailbox_id
  `);
  return () => {
    const byState = states.all();
    const byOutcome = outcomes.all();
    return messages.all().map(({ mailboxId, messages: count }) => {
      const inState = (wanted: MessageState): number =>
        byState.find((row) => row.mailboxId === mailboxId && row.state === wanted)?.found ?? 0;
      const withOutcome = (wanted: DocumentOutcome): number =>
        byOutcome.find((row) => row.mailboxId === mailboxId && row.outcome === wanted)?.found ?? 0;
      return {
        mailboxId,
        messages: count,
        pending: inState('pending'),
        unresolved: inState('unresolved'),
        setAside: inState('set-aside'),
        documents: {
          stored: withOutcome('stored'),
          duplicate: withOutcome('duplicate'),
          conflict: withOutcome('conflict'),
          'not-a-report': withOutcome('not-a-report'),
          refused: withOutcome('refused'),
        },
      };
    });
  };
}
