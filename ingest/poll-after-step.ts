import type { AfterSetting } from './after-choice.ts';
import type { AfterMethod } from './after-plan.ts';
import type { MailboxConnection } from './mailbox.ts';
import type { AfterLedger } from './poll-after-ledger.ts';
import type { PollLedger } from './poll-ledger.ts';
import type { FolderMemory } from './poll-pass.ts';

export interface AfterDeps {
  connection: MailboxConnection;
  mailboxId: number;
  /** The folder as it was named to the connection. */
  folder: string;
  ledger: PollLedger & AfterLedger;
  setting: AfterSetting;
  memory: FolderMemory;
  nowSeconds: () => number;
  signal: AbortSignal;
}

/** What one step shares once the folder is open for changes. */
export interface AfterStep extends AfterDeps {
  method: AfterMethod;
  /** Full name of the folder to move to; '' where nothing is moved. */
  target: string;
}
