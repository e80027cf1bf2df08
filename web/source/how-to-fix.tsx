import type { SourceDetailResponse } from '../../server/api/contract-sources.ts';
import { nowSeconds } from '../clock.ts';
import { sayFixed, words } from '../endpoints-insight.ts';
import { formatDay } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { Copyable } from '../parts/copy-button.tsx';
import { dayOf } from '../period.ts';
import { useAction } from '../use-action.ts';
import { useResource } from '../use-resource.ts';
import { fixSteps } from '../words/fix-steps.ts';

interface HowToFixProps {
  domain: string;
  detail: SourceDetailResponse;
}

/** Steps for a source of one's own that fails, each with what to copy. */
export function HowToFix({ domain, detail }: HowToFixProps) {
  const { source } = detail;
  if (source.classShown !== 'own-needs-work') return null;
  return (
    <section aria-labelledby="fix">
      <h2 id="fix">How to fix it</h2>
      <ol class="steps">
        {fixSteps(domain, detail).map(({ text, copy }) => (
          <li key={text}>
            {text}
            {copy !== null && <Copyable text={copy} />}
          </li>
        ))}
      </ol>
      <Fixed domain={domain} id={source.id} />
    </section>
  );
}

function Fixed({ domain, id }: { domain: string; id: string }) {
  const said = useResource(words(domain));
  const { busy, error, say } = useAction();
  const fixed = said.value?.fixed.find(({ source }) => source === id);
  if (fixed === undefined) {
    const day = dayOf(nowSeconds.value);
    return (
      <p>
        <button type="button" disabled={busy} onClick={() => say(sayFixed(domain, id, { day }))}>
          Mark as fixed today
        </button>{' '}
        <span class="hint">
          Failures before today are then explained, as soon as its mail is aligned.
        </span>
        <ActionError error={error} />
      </p>
    );
  }
  return (
    <p>
      Marked as fixed on {formatDay(fixed.day, 'with-year')} by <bdi>{fixed.by}</bdi>.{' '}
      <button
        type="button"
        class="quiet"
        disabled={busy}
        onClick={() => say(sayFixed(domain, id, { day: null }))}
      >
        Take it back
      </button>
      <ActionError error={error} />
    </p>
  );
}
