import type { MailboxResponse } from '../../server/api/contract.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { withQuery } from '../routes.ts';
import { OUTCOME_WORDS } from '../words/reasons.ts';

type Counts = MailboxResponse['counts'];

const COUNTS: readonly [key: keyof Counts, outcome: string][] = [
  ['stored', 'stored'],
  ['duplicate', 'duplicate'],
  ['conflict', 'conflict'],
  ['notReport', 'not-a-report'],
  ['refused', 'refused'],
  ['pending', 'pending'],
  ['unresolved', 'unresolved'],
  ['setAside', 'set-aside'],
];

/** What became of the messages of a mailbox; each number leads to its rows in the ledger. */
export function MailboxCounts({ mailbox: { id, counts } }: { mailbox: MailboxResponse }) {
  const shown = COUNTS.filter(([key]) => key === 'stored' || counts[key] > 0);
  return (
    <>
      <dl class="counts">
        <Count label="messages seen" count={counts.messages} href={ledgerHref(id, null)} />
        {shown.map(([key, outcome]) => (
          <Count
            key={key}
            label={OUTCOME_WORDS[outcome]?.label ?? outcome}
            count={counts[key]}
            href={ledgerHref(id, outcome)}
          />
        ))}
      </dl>
      {counts.letGo > 0 && (
        <p class="hint">
          {formatQuantity(counts.letGo, 'message')} that {counts.letGo === 1 ? 'was' : 'were'} no
          report
          {counts.letGo === 1 ? ' is' : ' are'} counted here and, after so long, listed no more.
        </p>
      )}
    </>
  );
}

const ledgerHref = (mailbox: number, outcome: string | null): string =>
  `${withQuery('/mailboxes', { mailbox, outcome })}#ledger`;

function Count({ label, count, href }: { label: string; count: number; href: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{count === 0 ? formatCount(count) : <a href={href}>{formatCount(count)}</a>}</dd>
    </div>
  );
}
