import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { LedgerQuery, LedgerResponse } from '../../server/api/contract-ledger.ts';
import type { MailboxResponse } from '../../server/api/contract.ts';
import { ledger } from '../endpoints.ts';
import { address, changeQuery, query } from '../navigation.ts';
import { useResource } from '../use-resource.ts';
import { mailboxName } from '../words/mailbox-words.ts';
import { OUTCOME_WORDS } from '../words/reasons.ts';
import { DataTable } from '../table/data-table.tsx';
import { ledgerColumns } from './ledger-columns.tsx';
import { Paging } from '../table/paging.tsx';
import { Show } from '../parts/show.tsx';

/** Every message that was seen, with what became of it and why. */
export function Ledger({ mailboxes }: { mailboxes: readonly MailboxResponse[] }) {
  const filter = filterOf(query.value);
  const loaded = useResource(ledger(filter));
  const said = useSignal('');
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = address.value.hash === '#ledger' ? address.value.search : null;
  useEffect(() => {
    if (asked !== null) heading.current?.scrollIntoView();
  }, [asked]);
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger" ref={heading}>
        Ledger
      </h2>
      <LedgerFilter filter={filter} mailboxes={mailboxes} />
      <p role="status">
        <bdi>{said.value}</bdi>
      </p>
      <Show of={loaded} room="table">
        {(answer) => (
          <LedgerTable answer={answer} mailboxes={mailboxes} tell={(text) => (said.value = text)} />
        )}
      </Show>
    </section>
  );
}

const isOutcome = (text: string): text is NonNullable<LedgerQuery['outcome']> =>
  Object.hasOwn(OUTCOME_WORDS, text);

function filterOf(params: URLSearchParams): LedgerQuery {
  const mailbox = params.get('mailbox') ?? '';
  const outcome = params.get('outcome') ?? '';
  const cursor = params.get('cursor');
  return {
    ...(/^[1-9]\d*$/.test(mailbox) ? { mailbox: Number(mailbox) } : {}),
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(cursor === null ? {} : { cursor }),
  };
}

interface LedgerFilterProps {
  filter: LedgerQuery;
  mailboxes: readonly MailboxResponse[];
}

function LedgerFilter({ filter, mailboxes }: LedgerFilterProps) {
  const choose = (name: string) => (event: { currentTarget: HTMLSelectElement }) =>
    changeQuery({ [name]: event.currentTarget.value, cursor: null }, 'push');
  return (
    <div class="filter" role="search" aria-label="Filter the ledger">
      <label>
        Mailbox
        <select value={filter.mailbox ?? ''} onChange={choose('mailbox')}>
          <option value="">all</option>
          {mailboxes.map((mailbox) => (
            <option key={mailbox.id} value={mailbox.id}>
              {mailboxName(mailbox)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Outcome
        <select value={filter.outcome ?? ''} onChange={choose('outcome')}>
          <option value="">all</option>
          {Object.entries(OUTCOME_WORDS).map(([outcome, { label, meaning }]) => (
            <option key={outcome} value={outcome}>
              {label}: {meaning}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface LedgerTableProps {
  answer: LedgerResponse;
  mailboxes: readonly MailboxResponse[];
  tell: (said: string) => void;
}

function LedgerTable({ answer, mailboxes, tell }: LedgerTableProps) {
  const nameOf = (id: number): string => {
    const mailbox = mailboxes.find((candidate) => candidate.id === id);
    return mailbox === undefined ? `mailbox ${id}` : mailboxName(mailbox);
  };
  return (
    <>
      <DataTable
        id="ledger-rows"
        caption="Every message seen has one line here, newest first."
        columns={ledgerColumns(nameOf, tell)}
        rows={answer.rows}
        rowKey={({ id }) => id}
        empty="No message matches this filter."
      />
      <Paging nextCursor={answer.nextCursor} what="messages" />
    </>
  );
}
