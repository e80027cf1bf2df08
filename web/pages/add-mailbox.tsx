import { navigate } from '../navigation.ts';
import { MailboxForm } from '../mailbox/mailbox-form.tsx';
import { PageHeading } from '../parts/page-heading.tsx';

export function AddMailbox() {
  return (
    <>
      <p class="crumb">
        <a href="/mailboxes">Mailboxes</a>
      </p>
      <PageHeading title="Add a mailbox" />
      <MailboxForm onSaved={() => navigate('/mailboxes')} />
    </>
  );
}
