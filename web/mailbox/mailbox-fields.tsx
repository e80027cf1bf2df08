import { useId } from 'preact/hooks';
import type { MailboxForm as Form } from '../../server/api/contract.ts';
import { KNOWN_HOSTS } from '../imap-providers.ts';
import { Field } from '../parts/field.tsx';
import { AfterFields } from './after-fields.tsx';

interface FieldsProps {
  form: Form;
  /** Folders that the server told in the last test. */
  folders: readonly string[];
  change: (changes: Partial<Form>) => void;
}

type PartProps = Omit<FieldsProps, 'folders'>;

const SECURITY_WORDS: readonly [Form['security'], string][] = [
  ['tls', 'TLS'],
  ['starttls', 'STARTTLS'],
  ['plain', 'none (this machine only)'],
];
const PORTS: Record<Form['security'], number> = { tls: 993, starttls: 143, plain: 143 };
/** Neither completed, corrected nor remembered by the browser. */
const EXACT = { autocomplete: 'off', autocapitalize: 'off', spellcheck: false } as const;

/** The fields of a mailbox; the one that is rarely needed stays folded. */
export function MailboxFields({ form, folders, change }: FieldsProps) {
  return (
    <div class="fields">
      <Account form={form} change={change} />
      <Server form={form} change={change} />
      <Folder form={form} folders={folders} change={change} />
      <AfterFields
        choice={form.after ?? { kind: 'leave' }}
        folders={folders.filter((folder) => folder !== form.folder)}
        change={(after) => change({ after })}
      />
      <Authority form={form} change={change} />
    </div>
  );
}

function Account({ form, change }: PartProps) {
  return (
    <>
      <Field label="Address" hint="The mailbox that the rua tag of your DMARC record names.">
        {(ties) => (
          <input
            {...ties}
            {...EXACT}
            type="text"
            inputMode="email"
            required
            value={form.user}
            onInput={(event) => change({ user: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Password" hint="Kept encrypted, and used for this mailbox only.">
        {(ties) => (
          <input
            {...ties}
            type="password"
            required
            autocomplete="off"
            value={form.password}
            onInput={(event) => change({ password: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

function Server({ form, change }: PartProps) {
  return (
    <div class="server-fields">
      <Host form={form} change={change} />
      <Field label="Port">
        {(ties) => (
          <input
            {...ties}
            type="number"
            required
            min={1}
            max={65535}
            value={form.port}
            onInput={(event) => change({ port: event.currentTarget.valueAsNumber })}
          />
        )}
      </Field>
      <Field label="Encryption">
        {(ties) => (
          <select
            {...ties}
            value={form.security}
            onChange={(event) => {
              const chosen = SECURITY_WORDS.find(([name]) => name === event.currentTarget.value);
              if (chosen !== undefined) change({ security: chosen[0], port: PORTS[chosen[0]] });
            }}
          >
            {SECURITY_WORDS.map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function Host({ form, change }: PartProps) {
  const listId = useId();
  return (
    <Field
      label="Server"
      hint="Guessed from the address. For Google Workspace it is imap.gmail.com."
    >
      {(ties) => (
        <>
          <input
            {...ties}
            {...EXACT}
            type="text"
            required
            list={listId}
            value={form.host}
            onInput={(event) => change({ host: event.currentTarget.value.trim() })}
          />
          <datalist id={listId}>
            {KNOWN_HOSTS.map((host) => (
              <option key={host} value={host} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** A text at first; once the server has told its folders, a list of them. */
function Folder({ form, folders, change }: FieldsProps) {
  if (folders.length === 0) {
    return (
      <Field label="Folder" hint="Testing the connection lists the folders that are there.">
        {(ties) => (
          <input
            {...ties}
            {...EXACT}
            type="text"
            required
            value={form.folder}
            onInput={(event) => change({ folder: event.currentTarget.value })}
          />
        )}
      </Field>
    );
  }
  const choices = folders.includes(form.folder) ? folders : [form.folder, ...folders];
  return (
    <Field label="Folder" hint="Another folder is tested again before reading starts.">
      {(ties) => (
        <select
          {...ties}
          value={form.folder}
          onChange={(event) => change({ folder: event.currentTarget.value })}
        >
          {choices.map((folder) => (
            <option key={folder} value={folder}>
              {folder}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Authority({ form, change }: PartProps) {
  return (
    <details>
      <summary>The certificate of the server comes from an authority of your own</summary>
      <Field
        label="Certificate of that authority (PEM)"
        hint="Trusted for this server alone. Leave it empty otherwise."
      >
        {(ties) => (
          <textarea
            {...ties}
            rows={4}
            spellcheck={false}
            value={form.caPem ?? ''}
            onInput={(event) => change({ caPem: event.currentTarget.value })}
          />
        )}
      </Field>
    </details>
  );
}
