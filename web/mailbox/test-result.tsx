import type { MailboxTestResponse } from '../../server/api/contract.ts';
import { formatCount, formatQuantity } from '../format.ts';

/** What the test of a mailbox found, in words; on failure in the server's own. */
export function TestResult({ result }: { result: MailboxTestResponse }) {
  if (!result.ok) {
    return (
      <div class="failure">
        <p>{result.message}</p>
        <p>{result.advice}</p>
      </div>
    );
  }
  const { afterProblem } = result;
  return (
    <>
      <SignedIn found={result} />
      {afterProblem !== null && (
        <div class="failure">
          <p>{afterProblem.message}</p>
          <p>{afterProblem.advice}</p>
        </div>
      )}
    </>
  );
}

function SignedIn({ found }: { found: MailboxTestResponse & { ok: true } }) {
  const { messages, lookedAt, reportLike } = found;
  if (messages === 0) return <p class="success">Signed in. This folder has no messages yet.</p>;
  return (
    <p class="success">
      Signed in: {formatQuantity(messages, 'message')} in this folder.{' '}
      {lookedAtWords(lookedAt, messages)} {formatCount(reportLike)}{' '}
      {reportLike === 1 ? 'looks like a report' : 'look like reports'}. The rest stays unread.
    </p>
  );
}

const lookedAtWords = (lookedAt: number, messages: number): string =>
  lookedAt < messages ? `Of the newest ${formatCount(lookedAt)},` : 'Of these,';
