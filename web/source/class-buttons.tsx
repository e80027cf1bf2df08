import type { MailClassName } from '../../server/api/contract-sources.ts';
import { sayClass } from '../endpoints-insight.ts';
import { ActionError } from '../parts/action-error.tsx';
import { useAction } from '../use-action.ts';
import { CLASS_CHOICES } from '../words/class-words.ts';

interface ClassButtonsProps {
  domain: string;
  source: string;
  /** What the buttons are about, for those who hear them one by one. */
  name: string;
  /** The class that the user has given it; null where only rules have spoken. */
  said: MailClassName | null;
}

/** The user's word about a source. It stands over every rule, and can be taken back. */
export function ClassButtons({ domain, source, name, said }: ClassButtonsProps) {
  const { busy, error, say } = useAction();
  return (
    <span class="class-buttons" role="group" aria-label={`What is it: ${name}`}>
      {CLASS_CHOICES.map((choice) => (
        <button
          key={choice.class}
          type="button"
          disabled={busy}
          aria-pressed={said === choice.class}
          onClick={() => say(sayClass(domain, source, { class: choice.class }))}
        >
          {choice.label}
        </button>
      ))}
      {said !== null && (
        <button
          type="button"
          class="quiet"
          disabled={busy}
          onClick={() => say(sayClass(domain, source, { class: null }))}
        >
          Take it back
        </button>
      )}
      <ActionError error={error} />
    </span>
  );
}
