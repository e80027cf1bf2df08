import type { MailboxObject } from 'imapflow';
import type { ConnectionProblem } from './connection-problem.ts';
import type { GuardedClient } from './mailbox-client.ts';
import type { Result } from './result.ts';

export interface FolderStatus {
  uidValidity: string;
  /** null where the server does not say. */
  uidNext: number | null;
  messages: number;
}

/** EXAMINE: nothing that follows can change a flag. */
export const openReadOnly = (
  { flow, times, run }: GuardedClient,
  folder: string,
): Promise<Result<MailboxObject, ConnectionProblem>> =>
  run(times.commandSeconds, () => flow.mailboxOpen(folder, { readOnly: true }));

export const statusOf = ({ uidValidity, uidNext, exists }: MailboxObject): FolderStatus => ({
  uidValidity: String(uidValidity),
  uidNext: uidNext > 0 ? uidNext : null,
  messages: exists,
});
