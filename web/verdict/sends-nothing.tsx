import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { saySendsNothing, words } from '../endpoints-insight.ts';
import { formatDay } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { useAction } from '../use-action.ts';
import { useResource } from '../use-resource.ts';

/** A domain without mail of its own may be closed, but only its owner knows that it sends none. */
export function SendsNothing({ answer: { domain, own, unknown } }: { answer: VerdictResponse }) {
  const said = useResource(words(domain)).value?.sendsNothing ?? null;
  const { busy, error, say } = useAction();
  if (said === null && own.messages + unknown.messages > 0) return null;
  return (
    <p class="sends-nothing">
      {said === null
        ? 'No mail of this domain’s own was seen. If it never sends any, say so: then it can be closed at once.'
        : `On ${formatDay(said.day, 'with-year')} ${said.by} said that this domain sends nothing.`}{' '}
      <button
        type="button"
        disabled={busy}
        onClick={() => say(saySendsNothing(domain, { said: said === null }))}
      >
        {said === null ? 'It sends nothing' : 'It does send mail'}
      </button>
      <ActionError error={error} />
    </p>
  );
}
