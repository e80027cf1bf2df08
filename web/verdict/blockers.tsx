import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatQuantity } from '../format.ts';
import { sourceHref } from '../routes.ts';
import { ClassButtons } from '../source/class-buttons.tsx';

/** Senders that hold a gate open, each with the way to its steps. */
export function Blockers({ answer: { domain, blockers, questions } }: { answer: VerdictResponse }) {
  if (blockers.length === 0) return null;
  return (
    <>
      <h3>What stands in the way</h3>
      <ol class="blockers">
        {blockers.map(({ source, name, reason, messages }) => (
          <li key={source}>
            <span class="blocker-name">
              <bdi>{name}</bdi>
              <span class="soft"> {formatQuantity(messages, 'message')}</span>
            </span>
            <span class="blocker-reason">{reason}</span>
            <a href={sourceHref(domain, source, null)} aria-label={`How to fix ${name}`}>
              How →
            </a>
            {questions.some((question) => question.source === source) && (
              <ClassButtons domain={domain} source={source} name={name} said={null} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
