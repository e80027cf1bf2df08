import { useState } from 'preact/hooks';
import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { domainHref } from '../routes.ts';
import { earliestSentence, KEEP_YOURS } from '../words/verdict-words.ts';
import { inOrder } from './do-next-order.ts';
import type { Verdicts } from './use-verdicts.ts';

interface DoNextProps {
  verdicts: Verdicts;
  /** Domains that were asked about, and all there are. */
  asked: number;
  all: number;
  onMore: () => void;
}

const FIRST = 5;

/** What is worth doing, most useful first: a sentence for each domain, and its next step. */
export function DoNext({ verdicts, asked, all, onMore }: DoNextProps) {
  const [open, setOpen] = useState(false);
  const ordered = inOrder([...verdicts.known.values()]);
  const shown = open ? ordered : ordered.slice(0, FIRST);
  return (
    <section class="do-next" aria-labelledby="do-next" aria-busy={verdicts.waiting > 0}>
      <h2 id="do-next">Do next</h2>
      {shown.length === 0 && verdicts.waiting > 0 && <div class="waiting waiting-line" />}
      {shown.length === 0 && verdicts.waiting === 0 && (
        <p class="empty">Nothing can be said yet. A first sentence comes with the first reports.</p>
      )}
      <ul class="plain">
        {shown.map((answer) => (
          <Next key={answer.domain} answer={answer} />
        ))}
      </ul>
      {shown.length < ordered.length && (
        <button type="button" class="quiet" onClick={() => setOpen(true)}>
          Show {formatQuantity(ordered.length - shown.length, 'more domain')}
        </button>
      )}
      {asked < all && verdicts.waiting === 0 && (
        <p class="hint">
          The {formatCount(asked)} domains with most mail have been looked at, of {formatCount(all)}
          .{' '}
          <button type="button" class="quiet" onClick={onMore}>
            Look at more
          </button>
        </p>
      )}
    </section>
  );
}

function Next({ answer }: { answer: VerdictResponse }) {
  const { domain, sentence, record, verdict } = answer;
  return (
    <li class={`next next-${verdict}`}>
      <a class="next-domain" href={domainHref(domain, null)}>
        <bdi>{domain}</bdi>
      </a>
      <span class="next-words">
        {sentence} {earliestSentence(answer)}
      </span>
      <span class="next-step">
        {record === null || record.includes(KEEP_YOURS) ? (
          <a href={domainHref(domain, null)} aria-label={`See the plan for ${domain}`}>
            See the plan →
          </a>
        ) : (
          <CopyButton text={record} label="Copy the record" />
        )}
      </span>
    </li>
  );
}
