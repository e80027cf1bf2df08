import { nowSeconds } from '../clock.ts';
import { waive } from '../endpoints-insight.ts';
import { textOf } from '../form-text.ts';
import { ActionError } from '../parts/action-error.tsx';
import { addDays, dayOf } from '../period.ts';
import { useAction } from '../use-action.ts';

const USUAL_DAYS = 90;
const LONGEST_DAYS = 366;

interface WaiverFormProps {
  domain: string;
  gate: string;
  onDone: () => void;
}

/** Someone takes a gate as it is: by name, with a reason, and not for ever. */
export function WaiverForm({ domain, gate, onDone }: WaiverFormProps) {
  const { busy, error, say } = useAction();
  const today = dayOf(nowSeconds.value);
  return (
    <form
      class="waiver-form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string) => textOf(form, name);
        const body = { by: text('by'), reason: text('reason'), until: text('until') };
        say(waive(domain, gate, body), onDone);
      }}
    >
      <label>
        Your name
        <input name="by" required maxLength={100} autocomplete="name" />
      </label>
      <label class="wide">
        Why it is acceptable
        <input name="reason" required maxLength={1000} />
      </label>
      <label>
        Until
        <input
          name="until"
          type="date"
          required
          value={addDays(today, USUAL_DAYS)}
          min={today}
          max={addDays(today, LONGEST_DAYS)}
        />
      </label>
      <button type="submit" disabled={busy}>
        Accept
      </button>
      <ActionError error={error} />
    </form>
  );
}
