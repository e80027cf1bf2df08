import { useSignal } from '@preact/signals';
import type { AfterChoice, MailboxResponse } from '../../server/api/contract.ts';
import { saveAfter } from '../endpoints.ts';
import { formatTime } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { useAction } from '../use-action.ts';
import { afterCounts } from '../words/after-words.ts';
import { AfterFields } from './after-fields.tsx';

/** What was done with the mail of stored reports, what stands in the way, and another choice. */
export function AfterSetting({ mailbox }: { mailbox: MailboxResponse }) {
  const { after, origin } = mailbox;
  const counts = afterCounts(after);
  return (
    <>
      {after.problem !== null && (
        <div class="failure" role="status">
          <p>{after.problem.message}</p>
          <p>
            {after.problem.advice}{' '}
            <span class="soft">Since {formatTime(after.problem.sinceSeconds)}.</span>
          </p>
        </div>
      )}
      {counts !== '' && <p>{counts}</p>}
      {origin === 'stored' && <ChangeAfter key={JSON.stringify(after.choice)} mailbox={mailbox} />}
    </>
  );
}

function ChangeAfter({ mailbox: { id, after } }: { mailbox: MailboxResponse }) {
  const choice = useSignal<AfterChoice>(after.choice);
  const { busy, error, say } = useAction();
  return (
    <details class="after">
      <summary>What happens to mail whose report is stored</summary>
      <form
        class="mailbox-form"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          say(saveAfter(id, choice.value));
        }}
      >
        <div class="fields">
          <AfterFields
            choice={choice.value}
            folders={[]}
            change={(changed) => (choice.value = changed)}
          />
        </div>
        <button type="submit" disabled={busy}>
          Save
        </button>
        <ActionError error={error} />
      </form>
    </details>
  );
}
