import type { DecidedDocument, DecidedMessage, FolderProgress, MessageKey } from './ledger.ts';

/** What polling needs of the ledger; the store's writer is one. Every write is durable when it returns. */
export interface PollLedger {
  folderProgress(mailboxId: number): Promise<FolderProgress>;
  saveFolderProgress(mailboxId: number, progress: FolderProgress): Promise<void>;
  undecided(
    mailboxId: number,
    uidValidity: string,
    uids: readonly number[],
  ): Promise<{ uid: number; attempts: number }[]>;
  open(mailboxId: number, uidValidity: string): Promise<{ uid: number; attempts: number }[]>;
  beginAttempts(keys: readonly MessageKey[], nowSeconds: number): Promise<number[]>;
  markMessages(
    keys: readonly MessageKey[],
    state: 'unresolved' | 'set-aside',
    nowSeconds: number,
  ): Promise<void>;
  commit(batch: readonly DecidedMessage[], nowSeconds: number): Promise<DecidedDocument[][]>;
}
