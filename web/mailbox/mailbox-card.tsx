import { useSignal } from '@preact/signals';
import type { MailboxResponse, MailboxState } from '../../server/api/contract.ts';
import { type Action, send } from '../api.ts';
import { nowSeconds } from '../clock.ts';
import { lookNow, removeMailbox } from '../endpoints.ts';
import { formatDuration, formatTime } from '../format.ts';
import { mailboxName, stateWords } from '../words/mailbox-words.ts';
import { rightsWords } from '../words/after-words.ts';
import { AfterSetting } from './after-setting.tsx';
import { MailboxCounts } from './mailbox-counts.tsx';
import { MailboxProblem, Progress, currentState } from './mailbox-state.tsx';
import { Ago } from '../parts/numbers.tsx';

interface MailboxCardProps {
  mailbox: MailboxResponse;
  reload: () => void;
}

/** One mailbox: how it is doing, what came out of it, and what can be done with it. */
export function MailboxCard({ mailbox, reload }: MailboxCardProps) {
  const status = currentState(mailbox);
  const headingId = `mailbox-${mailbox.id}`;
  return (
    <section class="mailbox" aria-labelledby={headingId}>
      <h2 id={headingId}>
        <bdi>{mailboxName(mailbox)}</bdi>
      </h2>
      {status !== null && <State status={status} />}
      {mailbox.origin === 'files' ? (
        <p class="hint">Report files that were dropped here or read by the command line.</p>
      ) : (
        <Rights mailbox={mailbox} />
      )}
      <MailboxCounts mailbox={mailbox} />
      {mailbox.origin !== 'files' && <AfterSetting mailbox={mailbox} />}
      {mailbox.origin !== 'files' && <Buttons mailbox={mailbox} reload={reload} />}
    </section>
  );
}

function State({ status }: { status: MailboxState }) {
  const { problem, progress, lastLookSeconds, sinceSeconds } = status;
  const words = stateWords(status);
  return (
    <>
      <p class="lead" role="status">
        {words.charAt(0).toUpperCase() + words.slice(1)}{' '}
        <span class="soft" title={formatTime(sinceSeconds)}>
          since {formatTime(sinceSeconds)}
        </span>
      </p>
      {problem !== null && <MailboxProblem problem={problem} />}
      {progress !== null && <Progress progress={progress} />}
      <p>
        Last look: {lastLookSeconds === null ? 'none yet' : <Ago seconds={lastLookSeconds} />}. Next
        look: {nextLookWords(status)}.
      </p>
    </>
  );
}

function nextLookWords({ state, nextLookSeconds }: MailboxState): string {
  if (nextLookSeconds === null) {
    return state === 'failed' ? 'when this is put right' : 'when new mail arrives';
  }
  const left = nextLookSeconds - nowSeconds.value;
  return left <= 0 ? 'now' : `in ${formatDuration(left)}`;
}

const SECURITY: Record<MailboxResponse['security'], string> = {
  tls: 'over TLS',
  starttls: 'over STARTTLS',
  plain: 'unencrypted',
};

function Rights({ mailbox }: { mailbox: MailboxResponse }) {
  const { user, host, port, security, folder, after } = mailbox;
  return (
    <p class="hint">
      Ruadmap signs in as <bdi>{user}</bdi> at <bdi>{host}</bdi>, port {port}, {SECURITY[security]},
      and opens <bdi>{folder}</bdi> {rightsWords(after)}. It reads no text of mail that cannot be a
      report.
    </p>
  );
}

function Buttons({ mailbox, reload }: MailboxCardProps) {
  const said = useSignal<string | null>(null);
  const act = async (action: Action<unknown>, done: string): Promise<void> => {
    const answer = await send(action);
    said.value = answer.ok ? done : answer.error.message;
    reload();
  };
  return (
    <div class="buttons">
      <button type="button" onClick={() => void act(lookNow(mailbox.id), 'Looking now.')}>
        Look now
      </button>
      {mailbox.origin === 'environment' ? (
        <span class="hint">Set by the environment, so it is changed there.</span>
      ) : (
        <Remove remove={() => void act(removeMailbox(mailbox.id), 'Removed.')} />
      )}
      <span role="status">{said.value}</span>
    </div>
  );
}

/** Asks once more, in place. */
function Remove({ remove }: { remove: () => void }) {
  const asking = useSignal(false);
  if (!asking.value) {
    return (
      <button type="button" class="quiet" onClick={() => (asking.value = true)}>
        Remove
      </button>
    );
  }
  return (
    <span class="confirm" role="group" aria-label="Remove this mailbox?">
      Ruadmap stops reading it and forgets its password. Reports stay.
      <button type="button" onClick={remove}>
        Remove it
      </button>
      <button type="button" class="quiet" onClick={() => (asking.value = false)}>
        Keep it
      </button>
    </span>
  );
}
