import type { Connection } from '../connection.ts';
import type { DocumentOutcome, LedgerCounts, MessageState } from '../store.ts';

/** How many messages and documents of each kind every mailbox has or had: by indexes alone. */
export function createLedgerCounts(database: Connection): () => LedgerCounts[] {
  const messages = database.prepare<
    [],
    { mailboxId: number; messages: number; gone: number; goneDocuments: number }
  >(/* sql */ `
    SELECT b.id AS mailboxId,
           (SELECT count(*) FROM message WHERE mailbox_id = b.id) AS messages,
           ifnull(g.messages, 0) AS gone, ifnull(g.documents, 0) AS goneDocuments
    FROM mailbox AS b LEFT JOIN ledger_let_go AS g ON g.mailbox_id = b.id ORDER BY b.id
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
    return messages.all().map(({ mailboxId, messages: count, gone, goneDocuments }) => {
      const inState = (wanted: MessageState): number =>
        byState.find((row) => row.mailboxId === mailboxId && row.state === wanted)?.found ?? 0;
      const withOutcome = (wanted: DocumentOutcome): number =>
        byOutcome.find((row) => row.mailboxId === mailboxId && row.outcome === wanted)?.found ?? 0;
      return {
        mailboxId,
        messages: count + gone,
        letGo: { messages: gone, documents: goneDocuments },
        pending: inState('pending'),
        unresolved: inState('unresolved'),
        setAside: inState('set-aside'),
        documents: {
          stored: withOutcome('stored'),
          duplicate: withOutcome('duplicate'),
          conflict: withOutcome('conflict'),
          'not-a-report': withOutcome('not-a-report') + goneDocuments,
          refused: withOutcome('refused'),
        },
      };
    });
  };
}
