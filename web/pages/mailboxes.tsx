import { mailboxes } from '../endpoints.ts';
import { DropFiles } from '../mailbox/drop-files.tsx';
import { Ledger } from '../mailbox/ledger.tsx';
import { MailboxCard } from '../mailbox/mailbox-card.tsx';
import { StoreSection } from '../mailbox/store-section.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Show } from '../parts/show.tsx';
import { useResource } from '../use-resource.ts';

/** Where reports come from, how each place is doing, and what became of every message seen. */
export function Mailboxes() {
  const loaded = useResource(mailboxes);
  return (
    <>
      <PageHeading title="Mailboxes" />
      <Show of={loaded} room="table">
        {(answer) => (
          <>
            {answer.mailboxes.length === 0 && (
              <p class="lead">There is no mailbox yet. Add the one that receives your reports.</p>
            )}
            <div class="mailboxes">
              {answer.mailboxes.map((mailbox) => (
                <MailboxCard key={mailbox.id} mailbox={mailbox} reload={loaded.reload} />
              ))}
            </div>
          </>
        )}
      </Show>
      <p>
        <a class="button" href="/mailboxes/add">
          Add a mailbox
        </a>
      </p>
      <section aria-labelledby="files">
        <h2 id="files">Report files</h2>
        <DropFiles />
      </section>
      <StoreSection />
      <Ledger mailboxes={loaded.value?.mailboxes ?? []} />
    </>
  );
}
