import { identityOf } from '../../../ingest/identity.ts';
import type { ReadDocument } from '../../../ingest/document.ts';
import type { AggregateReport } from '../../../ingest/report.ts';
import type { Connection } from '../connection.ts';
import type { ForgetFilter } from '../keeping.ts';
import type { DecidedDocument, DecidedMessage, SourceNaming } from '../store.ts';
import { createDictionaries } from './dictionaries.ts';
import { createDocumentWrites } from './document-writes.ts';
import type { ForgottenPart } from './forgetting.ts';
import { createLedgerWrites } from './ledger-writes.ts';
import { createProfileDictionary } from './profile-dictionary.ts';
import { createRenaming } from './renaming.ts';
import { createReportWrites } from './report-writes.ts';
import { createRollUps } from './roll-ups.ts';
import { dropOtherProfiles, noteUsedProfiles } from './unused-profiles.ts';

export interface ReportTables {
  /** Ledger, reports, rows, kept bytes, sums and names of a batch. */
  commit(batch: readonly DecidedMessage[], nowSeconds: number): DecidedDocument[][];
  /** Documents of a message that was decided before, read anew; those with a report stay. */
  decideAgain(
    messageId: number,
    documents: readonly ReadDocument[],
    nowSeconds: number,
  ): DecidedDocument[];
  /** Another reading of a stored report's content in its place. */
  replaceReport(id: number, report: AggregateReport, contentSha256: string): boolean;
  /** Names of addresses decided anew, a part at a time; how many moved, and where to go on. */
  renameSome(domain: string, afterAddressId: number): { moved: number; next: number | null };
  /** Records, sums and kept bytes removed, some reports at a time. */
  forgetSome(filter: ForgetFilter, afterId: number, nowSeconds: number): ForgottenPart;
  /** Removes, in steps, the profiles that forgotten records were the last to use. */
  dropUnusedProfiles(): Generator<void>;
}

/** Each call is one durable transaction. Where it fails nothing of it is kept, in the file or in memory. */
export function createReportTables(database: Connection, naming: SourceNaming): ReportTables {
  const ledger = createLedgerWrites(database);
  const dictionaries = createDictionaries(database);
  const profiles = createProfileDictionary(database, naming);
  const rollUps = createRollUps(database, naming, dictionaries);
  const reports = createReportWrites(database, dictionaries, profiles, rollUps);
  const documents = createDocumentWrites(database, reports);
  const renameSome = createRenaming(database, rollUps);

  const clearMemory = (): void => {
    for (const memory of [dictionaries, profiles, rollUps]) memory.clear();
  };

  const durably = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
    const transaction = database.transaction((...args: A): R => {
      rollUps.begin();
      const result = work(...args);
      rollUps.flush();
      return result;
    });
    return (...args) => {
      try {
        return transaction.immediate(...args);
      } catch (error) {
        clearMemory();
        throw error;
      }
    };
  };

  return {
    commit: durably((batch: readonly DecidedMessage[], nowSeconds: number) =>
      batch.map((message) =>
        documents.decide(ledger.done(message, nowSeconds), message.documents, nowSeconds),
      ),
    ),
    decideAgain: durably((messageId: number, again: readonly ReadDocument[], nowSeconds: number) =>
      documents.decideAgain(ledger.decided(messageId), again, nowSeconds),
    ),
    replaceReport: durably((id: number, report: AggregateReport, contentSha256: string) =>
      reports.replace(id, report, identityOf(report, contentSha256)),
    ),
    renameSome: durably(renameSome),
    forgetSome: durably((filter: ForgetFilter, afterId: number, nowSeconds: number) =>
      reports.forgetSome(filter, afterId, nowSeconds),
    ),
    *dropUnusedProfiles() {
      yield* noteUsedProfiles(database);
      clearMemory();
      dropOtherProfiles(database);
    },
  };
}
