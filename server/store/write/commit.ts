import type { Connection } from '../connection.ts';
import type { DecidedDocument, DecidedMessage, SourceNaming } from '../store.ts';
import { createDictionaries } from './dictionaries.ts';
import { createDocumentWrites } from './document-writes.ts';
import { createLedgerWrites } from './ledger-writes.ts';
import { createProfileDictionary } from './profile-dictionary.ts';
import { createReportWrites } from './report-writes.ts';
import { createRollUps } from './roll-ups.ts';

/**
 * One durable transaction for a batch: ledger, reports, rows, kept bytes, sums and names. Where it
 * fails nothing of it is kept, in the file or in memory.
 */
export function createBatchCommit(
  database: Connection,
  naming: SourceNaming,
): (batch: readonly DecidedMessage[], nowSeconds: number) => DecidedDocument[][] {
  const ledger = createLedgerWrites(database);
  const dictionaries = createDictionaries(database);
  const profiles = createProfileDictionary(database, naming);
  const rollUps = createRollUps(database, naming, dictionaries);
  const reports = createReportWrites(database, dictionaries, profiles, rollUps);
  const documents = createDocumentWrites(database, reports);

  const transaction = database.transaction((batch: readonly DecidedMessage[], now: number) => {
    const decided = batch.map((message) =>
      documents.decide(ledger.done(message, now), message.documents, now),
    );
    rollUps.flush();
    return decided;
  });

  return (batch, nowSeconds) => {
    try {
      return transaction.immediate(batch, nowSeconds);
    } catch (error) {
      for (const memory of [dictionaries, profiles, rollUps]) memory.clear();
      throw error;
    }
  };
}
