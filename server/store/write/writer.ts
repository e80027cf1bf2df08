import { setImmediate } from 'node:timers/promises';
import type { Connection } from '../connection.ts';
import { watchPlace } from '../file-place.ts';
import { createMailboxUpsert, FILES } from '../mailbox-rows.ts';
import type { DecidedMessage, SourceNaming, StoreWriter } from '../store.ts';
import { guarded, StoreProblem } from '../store-problem.ts';
import { createFolderWrites, createLedgerWrites } from './ledger-writes.ts';
import { createAfterProblemWrites, createAfterWrites } from './after-writes.ts';
import { createKeepingWrites } from './keeping-writes.ts';
import { createReportTables, type ReportTables } from './report-tables.ts';

/** The writer over an open connection, which it owns from now on. Every failure is a StoreProblem or a bug. */
export function createWriter(database: Connection, naming: SourceNaming): StoreWriter {
  const upsertMailbox = createMailboxUpsert(database);
  const ledger = createLedgerWrites(database);
  const folders = createFolderWrites(database);
  const after = createAfterWrites(database);
  const saveAfterProblem = createAfterProblemWrites(database);
  const reports = createReportTables(database, naming);
  const domains = database
    .prepare<[], string>('SELECT name FROM policy_domain ORDER BY name')
    .pluck();
  const checkPlace = watchPlace(database.name);
  const inPlace = <T>(work: () => T): T =>
    guarded(() => {
      checkPlace();
      return work();
    });
  const durably = <T>(work: () => T): T => inPlace(() => database.transaction(work).immediate());
  const forgive = (batch: readonly DecidedMessage[]): void => {
    try {
      durably(() => batch.forEach(({ key }) => ledger.forgive(key)));
    } catch (error) {
      // No room for this either: then the attempts stay counted.
      if (!(error instanceof StoreProblem)) throw error;
    }
  };

  return {
    ensureMailbox: async (origin, address, choice) =>
      durably(() => upsertMailbox(origin, address, choice)),
    ensureFiles: async () => durably(() => upsertMailbox('files', FILES)),
    folderProgress: async (mailboxId) => guarded(() => folders.progress(mailboxId)),
    saveFolderProgress: async (mailboxId, progress) =>
      durably(() => folders.saveProgress(mailboxId, progress)),
    undecided: async (...asked) => guarded(() => folders.undecided(...asked)),
    attemptsOf: async (key) => guarded(() => folders.attemptsOf(key)),
    open: async (mailboxId, uidValidity) => guarded(() => folders.open(mailboxId, uidValidity)),
    newestKnown: async (mailboxId, uidValidity, limit) =>
      guarded(() => folders.newestKnown(mailboxId, uidValidity, limit)),
    beginAttempts: async (keys, nowSeconds) =>
      durably(() => keys.map((key) => ledger.beginAttempt(key, nowSeconds))),
    markMessages: async (keys, state, nowSeconds) =>
      durably(() => keys.forEach((key) => ledger.mark(key, state, nowSeconds))),
    commit: async (batch, nowSeconds) => {
      try {
        return inPlace(() => reports.commit(batch, nowSeconds));
      } catch (error) {
        // They were read to their end: it was not they that failed. A lock would only be waited for twice.
        if (error instanceof StoreProblem && error.code !== 'busy') forgive(batch);
        throw error;
      }
    },
    decideAgain: async (messageId, documents, nowSeconds) =>
      inPlace(() => reports.decideAgain(messageId, documents, nowSeconds)),
    replaceReport: async (id, report, contentSha256) =>
      inPlace(() => reports.replaceReport(id, report, contentSha256)),
    putBack: async (messageIds) => durably(() => messageIds.forEach((id) => ledger.putBack(id))),
    dueMessages: async (query) => guarded(() => after.dueMessages(query)),
    openActions: async (mailboxId) => guarded(() => after.openActions(mailboxId)),
    askActions: async (...asked) => durably(() => after.askActions(...asked)),
    endActions: async (...ended) => durably(() => after.endActions(...ended)),
    forgetActions: async (messages) => durably(() => after.forgetActions(messages)),
    saveAfterProblem: async (...problem) => durably(() => saveAfterProblem(...problem)),
    renameAddresses: async (domain) => {
      let moved = 0;
      for (const name of domain === null ? guarded(() => domains.all()) : [domain]) {
        moved += await renameAll(reports, inPlace, name);
      }
      return moved;
    },
    ...createKeepingWrites(database, reports, inPlace),
    close: async () => guarded(() => void database.close()),
    checkPlace: async () => guarded(checkPlace),
  };
}

async function renameAll(
  reports: ReportTables,
  inPlace: <T>(work: () => T) => T,
  domain: string,
): Promise<number> {
  let moved = 0;
  for (let from: number | null = 0; from !== null;) {
    const after: number = from;
    const part = inPlace(() => reports.renameSome(domain, after));
    moved += part.moved;
    from = part.next;
    // Between two transactions a batch of mail may be committed.
    await setImmediate();
  }
  return moved;
}
