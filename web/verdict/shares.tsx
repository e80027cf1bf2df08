import type { SumsResponse } from '../../server/api/contract-base.ts';
import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatCount, formatShare } from '../format.ts';

type Part = 'own' | 'forwarded' | 'unauthorised' | 'unknown';
const PARTS: readonly [part: Part, label: string, says: string][] = [
  ['own', 'Yours', 'what the answer is about'],
  ['unknown', 'Unknown', 'until you say what it is'],
  ['forwarded', 'Passed on by others', 'what fails may be lost'],
  ['unauthorised', 'Not yours', 'what the next policy would stop'],
];

/** Whose mail it is, and how much of it is aligned. */
export function Shares({ answer }: { answer: VerdictResponse }) {
  return (
    <dl class="shares">
      {PARTS.map(([part, label, says]) => (
        <div key={part}>
          <dt>{label}</dt>
          <dd>
            <strong>{formatCount(answer[part].messages)}</strong>
            <span class="under">{alignedWords(answer[part])}</span>
            <span class="under">{says}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const alignedWords = ({ messages, dmarcAligned }: SumsResponse): string =>
  messages === 0 ? 'no messages' : `${formatShare(dmarcAligned, messages)} aligned`;
