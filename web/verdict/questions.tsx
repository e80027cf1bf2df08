import type { QuestionResponse } from '../../server/api/contract-sources.ts';
import { formatQuantity } from '../format.ts';
import { sourceHref } from '../routes.ts';
import { ClassButtons } from '../source/class-buttons.tsx';

const MOST = 3;

/** What only the user can know, worth most first. */
export function Questions({
  domain,
  questions,
}: {
  domain: string;
  questions: readonly QuestionResponse[];
}) {
  if (questions.length === 0) return null;
  return (
    <>
      <h3>Only you can say</h3>
      <ul class="questions">
        {questions.slice(0, MOST).map(({ source, text, messages }) => (
          <li key={source}>
            <a href={sourceHref(domain, source, null)}>{text}</a>{' '}
            <span class="soft">{formatQuantity(messages, 'message')}</span>
            <ClassButtons domain={domain} source={source} name={text} said={null} />
          </li>
        ))}
      </ul>
      {questions.length > MOST && (
        <p class="hint">
          {formatQuantity(questions.length - MOST, 'more question')} among the sources below.
        </p>
      )}
    </>
  );
}
