import type { MailboxResponse, MailboxState } from '../../server/api/contract.ts';
import { mailboxStates } from '../live.ts';
import { progressWords } from '../words/mailbox-words.ts';

/** The newest state that is known: told by an event, or else as it was asked for. */
export const currentState = (mailbox: MailboxResponse): MailboxState | null =>
  mailboxStates.value.get(mailbox.id) ?? mailbox.status;

/** How far reading has come. */
export function Progress({ progress }: { progress: NonNullable<MailboxState['progress']> }) {
  return (
    <div class="progress">
      <progress
        value={progress.seen}
        max={Math.max(1, progress.total)}
        aria-label="Messages looked at"
      />
      <p>{progressWords(progress)}</p>
    </div>
  );
}

/** What went wrong with a mailbox, in the server's words, and what to do. */
export function MailboxProblem({ problem }: { problem: NonNullable<MailboxState['problem']> }) {
  return (
    <div class="failure" role="status">
      <p>{problem.message}</p>
      <p>{problem.advice}</p>
    </div>
  );
}
