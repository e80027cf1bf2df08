import type { AfterChoice } from '../../server/api/contract.ts';
import { Field } from '../parts/field.tsx';
import { AFTER_LABELS, afterConsequence } from '../words/after-words.ts';

interface AfterFieldsProps {
  choice: AfterChoice;
  /** Folders that the server told, other than the one that is read. */
  folders: readonly string[];
  change: (choice: AfterChoice) => void;
}

const USUAL_DAYS = 30;
const MOST_DAYS = 3650;

const isKind = (text: string): text is AfterChoice['kind'] => Object.hasOwn(AFTER_LABELS, text);

function firstOf(kind: AfterChoice['kind']): AfterChoice {
  if (kind === 'move') return { kind, folder: '', create: false };
  return kind === 'delete' ? { kind, days: USUAL_DAYS } : { kind };
}

/** What happens to mail once its report is stored, with what that means. */
export function AfterFields({ choice, folders, change }: AfterFieldsProps) {
  return (
    <>
      <Field label="When a report is stored, its mail" hint={afterConsequence(choice)}>
        {(ties) => (
          <select
            {...ties}
            value={choice.kind}
            onChange={(event) => {
              const kind = event.currentTarget.value;
              if (isKind(kind)) change(firstOf(kind));
            }}
          >
            {Object.entries(AFTER_LABELS).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {choice.kind === 'move' && <Target choice={choice} folders={folders} change={change} />}
      {choice.kind === 'delete' && (
        <Field
          label="Days until then"
          hint="Counted from the moment at which the report was stored."
        >
          {(ties) => (
            <input
              {...ties}
              type="number"
              required
              min={1}
              max={MOST_DAYS}
              value={choice.days}
              onInput={(event) => change({ ...choice, days: event.currentTarget.valueAsNumber })}
            />
          )}
        </Field>
      )}
    </>
  );
}

interface TargetProps extends AfterFieldsProps {
  choice: AfterChoice & { kind: 'move' };
}

function Target({ choice, folders, change }: TargetProps) {
  return (
    <>
      <Field label="Folder to move it to" hint="Its whole name, as your mail program shows it.">
        {(ties) => (
          <>
            <input
              {...ties}
              type="text"
              required
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              list={`${ties.id}-folders`}
              value={choice.folder}
              onInput={(event) => change({ ...choice, folder: event.currentTarget.value })}
            />
            <datalist id={`${ties.id}-folders`}>
              {folders.map((folder) => (
                <option key={folder} value={folder} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={choice.create}
          onChange={(event) => change({ ...choice, create: event.currentTarget.checked })}
        />
        Create this folder if it is missing
      </label>
    </>
  );
}
