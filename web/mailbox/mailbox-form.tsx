import { useSignal } from '@preact/signals';
import type { MailboxForm as Form, MailboxTestResponse } from '../../server/api/contract.ts';
import { type ApiError, send } from '../api.ts';
import { saveMailbox, testMailbox } from '../endpoints.ts';
import { imapServerFor, noteForHost } from '../imap-providers.ts';
import { MailboxFields } from './mailbox-fields.tsx';
import { TestResult } from './test-result.tsx';

const EMPTY: Form = {
  user: '',
  password: '',
  host: '',
  port: 993,
  security: 'tls',
  folder: 'INBOX',
  after: { kind: 'leave' },
};

type Step =
  | { step: 'editing' }
  | { step: 'testing' }
  | { step: 'tested'; result: MailboxTestResponse }
  | { step: 'saving'; result: MailboxTestResponse }
  | { step: 'failed'; error: ApiError };

interface FormState {
  form: Form;
  step: Step;
  change: (changes: Partial<Form>) => void;
  test: () => Promise<void>;
  start: (result: MailboxTestResponse) => Promise<void>;
}

/** The values of the form and how far they have come. Any change asks for a new test. */
function useMailboxForm(onSaved: () => void): FormState {
  const form = useSignal<Form>(EMPTY);
  const hostIsGuess = useSignal(true);
  const step = useSignal<Step>({ step: 'editing' });
  const change = (changes: Partial<Form>): void => {
    if (changes.host !== undefined) hostIsGuess.value = changes.host === '';
    form.value = withGuess({ ...form.value, ...changes }, changes, hostIsGuess.value);
    step.value = { step: 'editing' };
  };
  const test = async (): Promise<void> => {
    step.value = { step: 'testing' };
    const tested = form.value;
    const answer = await send(testMailbox(tested));
    // Values that were changed meanwhile were not tested.
    if (form.value !== tested) return;
    step.value = answer.ok
      ? { step: 'tested', result: answer.value }
      : { step: 'failed', error: answer.error };
  };
  const start = async (result: MailboxTestResponse): Promise<void> => {
    step.value = { step: 'saving', result };
    const answer = await send(saveMailbox(form.value));
    if (!answer.ok) {
      step.value = { step: 'failed', error: answer.error };
      return;
    }
    form.value = EMPTY;
    onSaved();
  };
  return { form: form.value, step: step.value, change, test, start };
}

/**
 * Asks for a mailbox, tests it, and starts reading only after a test of exactly these values went
 * well. The password lives in this component alone, never in the address or in storage.
 */
export function MailboxForm({ onSaved }: { onSaved: () => void }) {
  const { form, step, change, test, start } = useMailboxForm(onSaved);
  return (
    <form
      class="mailbox-form"
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <MailboxFields form={form} folders={foldersOf(step)} change={change} />
      <HostNote host={form.host} />
      <div class="form-step">
        <button
          type="submit"
          class={startable(step) === null ? 'primary' : ''}
          disabled={step.step === 'testing'}
        >
          Test connection
        </button>
        <Outcome step={step} />
      </div>
      <div class="form-step">
        <StartButton result={startable(step)} busy={step.step === 'saving'} start={start} />
        <p class="hint">{changesWords(form)} You can stop at any time.</p>
      </div>
    </form>
  );
}

const changesWords = ({ after }: Form): string =>
  after === undefined || after.kind === 'leave'
    ? 'Nothing in the mailbox is changed.'
    : 'Nothing in the mailbox is changed but what you chose, and only once a report is stored.';

/** While the server is a guess, it follows the address. */
function withGuess(form: Form, changes: Partial<Form>, hostIsGuess: boolean): Form {
  if (changes.user === undefined || !hostIsGuess) return form;
  return { ...form, ...imapServerFor(form.user) };
}

const foldersOf = (step: Step): string[] => ('result' in step ? step.result.folders : []);

/** The successful test that allows to start, or null. */
const startable = (step: Step): MailboxTestResponse | null =>
  'result' in step && step.result.ok ? step.result : null;

function HostNote({ host }: { host: string }) {
  const note = noteForHost(host);
  return note === null ? null : <p class="note">{note}</p>;
}

function Outcome({ step }: { step: Step }) {
  return (
    <div role="status">
      {step.step === 'testing' && <p>Testing: signing in and looking at the newest messages …</p>}
      {step.step === 'failed' && <p class="failure">{step.error.message}</p>}
      {'result' in step && <TestResult result={step.result} />}
    </div>
  );
}

interface StartButtonProps {
  result: MailboxTestResponse | null;
  busy: boolean;
  start: (result: MailboxTestResponse) => Promise<void>;
}

function StartButton({ result, busy, start }: StartButtonProps) {
  return (
    <button
      type="button"
      class={result === null ? '' : 'primary'}
      disabled={result === null || busy}
      onClick={() => {
        if (result !== null) void start(result);
      }}
    >
      Start reading
    </button>
  );
}
