import type { DecidedDocument, DecidedMessage, FolderProgress } from './ledger.ts';
import type { Limits } from './limits.ts';
import type { FolderStatus, MailboxConnection } from './mailbox.ts';
import type { PollLedger } from './poll-ledger.ts';
import type { WorkLine } from './poll-work-line.ts';
import type { DocumentReader } from './read-document.ts';
import type { ReadingTrial } from './reading-trial.ts';

export interface PollProgress {
  /** Messages looked at in this pass. */
  seen: number;
  /** Messages to look at, as far as known: it may grow. */
  total: number;
  /** Reports stored. */
  reports: number;
}

/** What a folder remembers from pass to pass while the process lives. */
export interface FolderMemory {
  uidValidity: string;
  /** How often the server failed at a message. */
  failures: Map<number, number>;
  /** How often a message was asked for and not answered. */
  missing: Map<number, number>;
  /** Mail up to this UID needs nothing more after its commit; and when it is looked through again. */
  after: { upToUid: number; notBeforeSeconds: number };
}

export const newFolderMemory = (): FolderMemory => ({
  uidValidity: '',
  failures: new Map(),
  missing: new Map(),
  after: { upToUid: 0, notBeforeSeconds: 0 },
});

export interface PollDeps {
  connection: MailboxConnection;
  mailboxId: number;
  ledger: PollLedger;
  reader: DocumentReader;
  trial: ReadingTrial;
  limits: Limits;
  nowSeconds: () => number;
  memory: FolderMemory;
  signal: AbortSignal;
  onProgress: (progress: PollProgress) => void;
  /** Told of every transaction, for who counts. */
  onCommitted?: (batch: readonly DecidedMessage[], decided: readonly DecidedDocument[][]) => void;
}

/** Everything that one pass shares. */
export interface Pass extends PollDeps {
  status: FolderStatus;
  from: FolderProgress;
  line: WorkLine;
  progress: PollProgress;
}
