import type { ComponentChildren } from 'preact';
import type { SourceDetailResponse } from '../../server/api/contract-sources.ts';
import { formatCount } from '../format.ts';
import { Nothing, Share } from '../parts/numbers.tsx';
import { Term } from '../parts/term.tsx';
import { reportsHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { wordsForOverride } from '../words/report-words.ts';

/** What the mail of a source says of itself, and who received it. */
export function MailFacts({ domain, detail }: { domain: string; detail: SourceDetailResponse }) {
  return (
    <div class="side-by-side">
      <Fact
        id="signatures"
        heading="Signatures"
        caption={
          <>
            Who signed, with which <Term of="selector">selector</Term>.
          </>
        }
        columns={SIGNATURES}
        rows={detail.signatures}
        empty="No mail carried a signature."
      />
      <Fact
        id="paths"
        heading="Return paths"
        caption={
          <>
            The <Term of="returnPath">return path</Term> is what SPF is checked for.
          </>
        }
        columns={PATHS}
        rows={detail.returnPaths}
        empty="No report names a return path."
      />
      <Fact
        id="source-receivers"
        heading="Receivers"
        caption="Who got it and reported."
        columns={receiverColumns(domain, detail)}
        rows={detail.receivers}
        empty="Nobody reported."
      />
      <Fact
        id="froms"
        heading="Names in From"
        caption="The domain in the From line."
        columns={FROMS}
        rows={detail.headerFroms}
        empty="No names."
      />
      {detail.reasons.length > 0 && (
        <Fact
          id="reasons"
          heading="Reasons"
          caption="Why receivers did something else than the policy asks."
          columns={REASONS}
          rows={detail.reasons}
          empty="None."
        />
      )}
    </div>
  );
}

interface FactProps<Row> {
  id: string;
  heading: string;
  caption: ComponentChildren;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  empty: string;
}

const FIRST = 8;

function Fact<Row extends { messages: number }>({ id, heading, empty, ...table }: FactProps<Row>) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {heading} <span class="soft">{formatCount(table.rows.length)}</span>
      </h2>
      <DataTable
        id={id}
        {...table}
        rowKey={(row) => JSON.stringify(row)}
        sort={{ key: 'messages', descending: true }}
        first={FIRST}
        empty={empty}
      />
    </section>
  );
}

const messages = <Row extends { messages: number }>(): Column<Row> => ({
  key: 'messages',
  label: 'Messages',
  numeric: true,
  main: true,
  sortBy: (row) => row.messages,
  cell: (row) => formatCount(row.messages),
});

const named = (name: string | null, otherwise: string) =>
  name === null ? <Nothing words={otherwise} /> : <bdi>{name}</bdi>;

const result = <Row extends { result: string | null }>(label: string): Column<Row> => ({
  key: 'result',
  label,
  main: true,
  sortBy: (row) => row.result,
  cell: (row) => row.result ?? <Nothing words="not stated" />,
});

type Detail = SourceDetailResponse;

const SIGNATURES: readonly Column<Detail['signatures'][number]>[] = [
  {
    key: 'signer',
    label: 'Signed as',
    sortBy: ({ domain }) => domain,
    cell: ({ domain, selector }) => (
      <>
        {named(domain, 'no signature')}
        {selector !== null && (
          <span class="under">
            selector <bdi>{selector}</bdi>
          </span>
        )}
      </>
    ),
  },
  result('DKIM'),
  messages(),
];

const PATHS: readonly Column<Detail['returnPaths'][number]>[] = [
  {
    key: 'path',
    label: 'Return path',
    sortBy: ({ domain }) => domain,
    cell: ({ domain }) => (domain === '' ? 'empty, as of bounces' : named(domain, 'not stated')),
  },
  result('SPF'),
  messages(),
];

const FROMS: readonly Column<Detail['headerFroms'][number]>[] = [
  {
    key: 'from',
    label: 'From domain',
    sortBy: ({ domain }) => domain,
    cell: ({ domain }) => named(domain, 'not stated'),
  },
  messages(),
];

const REASONS: readonly Column<Detail['reasons'][number]>[] = [
  { key: 'reason', label: 'Reason', cell: ({ type }) => wordsForOverride(type) },
  messages(),
];

const receiverColumns = (domain: string, detail: Detail): Column<Detail['receivers'][number]>[] => [
  {
    key: 'receiver',
    label: 'Receiver',
    sortBy: ({ orgName }) => orgName,
    cell: ({ orgName }) =>
      orgName === '' ? (
        '(no name given)'
      ) : (
        <a href={reportsHref({ domain, org: orgName }, detail.range)}>
          <bdi>{orgName}</bdi>
        </a>
      ),
  },
  messages(),
  {
    key: 'aligned',
    label: 'DMARC aligned',
    numeric: true,
    main: true,
    cell: (row) => <Share part={row.dmarcAligned} whole={row.messages} />,
  },
];
