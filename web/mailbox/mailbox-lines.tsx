import type { MailboxResponse } from '../../server/api/contract.ts';
import { mailboxLine, mailboxName } from '../words/mailbox-words.ts';
import { MailboxProblem, Progress, currentState } from './mailbox-state.tsx';

/** One line for each mailbox, with its progress while it reads. */
export function MailboxLines({ mailboxes }: { mailboxes: readonly MailboxResponse[] }) {
  return (
    <ul class="mailbox-lines" aria-label="Mailboxes">
      {mailboxes.map((mailbox) => (
        <li key={mailbox.id}>
          <MailboxLine mailbox={mailbox} />
        </li>
      ))}
    </ul>
  );
}

function MailboxLine({ mailbox }: { mailbox: MailboxResponse }) {
  const status = currentState(mailbox);
  return (
    <>
      <p>
        <a href="/mailboxes">
          <bdi>{mailboxName(mailbox)}</bdi>
        </a>
        : {mailboxLine(mailbox, status)}.
      </p>
      {status?.problem != null && <MailboxProblem problem={status.problem} />}
      {status?.progress != null && <Progress progress={status.progress} />}
    </>
  );
}
