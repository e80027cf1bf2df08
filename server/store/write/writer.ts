import type { Connection } from '../connection.ts';
import { createMailboxUpsert, FILES } from '../mailbox-rows.ts';
import type { SourceNaming, StoreWriter } from '../store.ts';
import { guarded } from '../store-problem.ts';
import { createBatchCommit } from './commit.ts';
import { createFolderWrites, createLedgerWrites } from './ledger-writes.ts';

/** The writer over an open connection, which it owns from now on. Every failure is a StoreProblem or a bug. */
export function createWriter(database: Connection, naming: SourceNaming): StoreWriter {
  const upsertMailbox = createMailboxUpsert(database);
  const ledger = createLedgerWrites(database);
  const folders = createFolderWrites(database);
  const commitBatch = createBatchCommit(database, naming);
  const durably = <T>(work: () => T): T => guarded(() => database.transaction(work).immediate());

  return {
    ensureMailbox: async (origin, address) => durably(() => upsertMailbox(origin, address)),
    ensureFiles: async () => durably(() => upsertMailbox('files', FILES)),
    folderProgress: async (mailboxId) => guarded(() => folders.progress(mailboxId)),
    saveFolderProgress: async (mailboxId, progress) =>
      durably(() => folders.saveProgress(mailboxId, progress)),
    undecided: async (mailboxId, uidValidity, uids) =>
      guarded(() => folders.undecided(mailboxId, uidValidity, uids)),
    open: async (mailboxId, uidValidity) => guarded(() => folders.open(mailboxId, uidValidity)),
    beginAttempts: async (keys, nowSeconds) =>
      durably(() => keys.map((key) => ledger.beginAttempt(key, nowSeconds))),
    markMessages: async (keys, state, nowSeconds) =>
      durably(() => keys.forEach((key) => ledger.mark(key, state, nowSeconds))),
    commit: async (batch, nowSeconds) => guarded(() => commitBatch(batch, nowSeconds)),
    close: async () => guarded(() => void database.close()),
  };
}
