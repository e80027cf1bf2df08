import type {
  DecidedDocument,
  DecidedMessage,
  FolderProgress,
  KnownMessage,
  MessageKey,
} from './ledger.ts';

/** What polling needs of the ledger; the store's writer is one. Every write is durable when it returns. */
export interface PollLedger {
  folderProgress(mailboxId: number): Promise<FolderProgress>;
  saveFolderProgress(mailboxId: number, progress: FolderProgress): Promise<void>;
  /**
   * Which of these UIDs still need to be looked at (not `done`, not `set-aside`), with their attempts
   * so far.
   */
  undecided(
    mailboxId: number,
    uidValidity: string,
    uids: readonly number[],
  ): Promise<{ uid: number; attempts: number }[]>;
  /** UIDs of the folder that are `pending` or `unresolved`. */
  open(mailboxId: number, uidValidity: string): Promise<{ uid: number; attempts: number }[]>;
  /** The `limit` decided messages of the folder with the highest UIDs and a known size, descending. */
  newestKnown(mailboxId: number, uidValidity: string, limit: number): Promise<KnownMessage[]>;
  /**
   * Counts one attempt for each message, durably, before anything of it is parsed. Returns the number
   * of attempts now, in the order of the keys.
   */
  beginAttempts(keys: readonly MessageKey[], nowSeconds: number): Promise<number[]>;
  /** Marks messages as `unresolved` or `set-aside`. */
  markMessages(
    keys: readonly MessageKey[],
    state: 'unresolved' | 'set-aside',
    nowSeconds: number,
  ): Promise<void>;
  /**
   * Reports, rows, roll-ups, kept bytes and ledger rows of a batch, in one durable transaction. Where it
   * fails for a reason outside the program, the attempts of the batch are taken back as well as can be.
   */
  commit(batch: readonly DecidedMessage[], nowSeconds: number): Promise<DecidedDocument[][]>;
}
