import { useRef } from 'preact/hooks';
import { nowSeconds } from '../clock.ts';
import { addNote, removeNote, words } from '../endpoints-insight.ts';
import { textOf } from '../form-text.ts';
import { formatDay } from '../format.ts';
import { lastFullDays } from '../period.ts';
import { useAction } from '../use-action.ts';
import { useResource } from '../use-resource.ts';
import { ActionError } from './action-error.tsx';

/** A line on the charts in the user's own words, and those there are. */
export function AddNote({ domain }: { domain: string }) {
  const { busy, error, say } = useAction();
  const form = useRef<HTMLFormElement>(null);
  return (
    <details class="add-note">
      <summary>Write a note to a day</summary>
      <form
        ref={form}
        class="row-form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          say(addNote(domain, { day: textOf(data, 'day'), text: textOf(data, 'text') }), () =>
            form.current?.reset(),
          );
        }}
      >
        <label>
          Day
          <input name="day" type="date" required value={lastFullDays(1, nowSeconds.value).to} />
        </label>
        <label class="wide">
          What happened
          <input name="text" required maxLength={1000} />
        </label>
        <button type="submit" disabled={busy}>
          Add note
        </button>
        <ActionError error={error} />
      </form>
      <Notes domain={domain} />
    </details>
  );
}

function Notes({ domain }: { domain: string }) {
  const said = useResource(words(domain));
  const { busy, error, say } = useAction();
  if (said.value === null || said.value.notes.length === 0) return null;
  return (
    <ul class="plain notes">
      {said.value.notes.map(({ id, day, text, by }) => (
        <li key={id}>
          {formatDay(day, 'with-year')}: <bdi>{text}</bdi>{' '}
          <span class="soft">
            by <bdi>{by}</bdi>
          </span>{' '}
          <button
            type="button"
            class="quiet"
            disabled={busy}
            onClick={() => say(removeNote(domain, id))}
          >
            Remove
            <span class="visually-hidden"> the note of {formatDay(day)}</span>
          </button>
        </li>
      ))}
      <ActionError error={error} />
    </ul>
  );
}
