import { formatBytes } from '../format.ts';
import { reportHref } from '../routes.ts';
import { OUTCOME_WORDS, outcomeLabel, wordsForReason } from '../words/reasons.ts';
import type { Column } from '../table/column.ts';
import { Ago, Nothing } from '../parts/numbers.tsx';
import { canBeTried, type LedgerRow, messageName, TryAgain } from './try-again.tsx';

type Document = LedgerRow['documents'][number];

export const ledgerColumns = (
  mailboxName: (id: number) => string,
  tell: (said: string) => void,
): Column<LedgerRow>[] => [
  {
    key: 'message',
    label: 'Message',
    cell: (row) => (
      <>
        <bdi>{messageName(row)}</bdi>
        <span class="under">
          <bdi>{mailboxName(row.mailboxId)}</bdi>
        </span>
      </>
    ),
  },
  { key: 'outcome', label: 'Outcome', main: true, cell: (row) => <Outcomes row={row} /> },
  {
    key: 'why',
    label: 'Why, and what to do',
    cell: (row) => (
      <>
        <Reasons row={row} />
        {canBeTried(row) && <TryAgain row={row} tell={tell} />}
      </>
    ),
  },
  {
    key: 'size',
    label: 'Size',
    numeric: true,
    cell: ({ sizeBytes }) =>
      sizeBytes === 0 ? <Nothing words="not known" /> : formatBytes(sizeBytes),
  },
  {
    key: 'seen',
    label: 'Seen',
    cell: ({ firstSeenSeconds }) => <Ago seconds={firstSeenSeconds} />,
  },
];

function Outcomes({ row: { state, documents } }: { row: LedgerRow }) {
  if (state !== 'done') return <>{outcomeLabel(state)}</>;
  return (
    <ul class="plain whole">
      {documents.map((document) => (
        <li key={document.position}>
          {document.reportId === null ? (
            outcomeLabel(document.outcome)
          ) : (
            <a href={reportHref(document.reportId)}>{outcomeLabel(document.outcome)}</a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Reasons({ row: { state, attempts, documents } }: { row: LedgerRow }) {
  if (state !== 'done') {
    const tries = attempts > 1 ? ` (${attempts} tries)` : '';
    return <>{(OUTCOME_WORDS[state]?.meaning ?? state) + tries}</>;
  }
  return (
    <ul class="plain">
      {documents.map((document) => (
        <li key={document.position}>
          <Reason document={document} />
        </li>
      ))}
    </ul>
  );
}

function Reason({ document: { outcome, reason, detail, name } }: { document: Document }) {
  const words = reason === null ? null : wordsForReason(reason);
  return (
    <>
      {words === null ? OUTCOME_WORDS[outcome]?.meaning : words.meaning} {words?.advice}
      {outcome === 'refused' && (
        <span class="under">
          <bdi>{[name, detail].filter((part) => part !== null && part !== '').join(': ')}</bdi>
        </span>
      )}
    </>
  );
}
