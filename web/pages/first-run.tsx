import { DropFiles } from '../mailbox/drop-files.tsx';
import { MailboxForm } from '../mailbox/mailbox-form.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Term } from '../parts/term.tsx';

/** What stands on the overview while there is neither a mailbox nor a report. */
export function FirstRun({ onStarted }: { onStarted: () => void }) {
  return (
    <>
      <PageHeading title="Welcome">
        Point Ruadmap at the mailbox that receives your DMARC reports.
      </PageHeading>
      <p class="lead">
        Receivers of your mail send a report a day to the address in your{' '}
        <Term of="dmarc">DMARC</Term> record. Ruadmap reads them where they are, and shows who sends
        mail as your domain and whether it is <Term of="aligned">aligned</Term>.
      </p>
      <div class="first-run">
        <section aria-labelledby="mailbox-form">
          <h2 id="mailbox-form">Mailbox</h2>
          <MailboxForm onSaved={onStarted} />
        </section>
        <section aria-labelledby="report-files">
          <h2 id="report-files">Or report files</h2>
          <DropFiles />
          <p class="hint">Files stay on this machine, like everything else here.</p>
        </section>
      </div>
    </>
  );
}
