import type { SourcesResponse } from '../../server/api/contract-sources.ts';
import { formatCount } from '../format.ts';
import { Nothing, Share } from '../parts/numbers.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';

type Row = SourcesResponse['headerFroms'][number];

/** Names in the From line: the domain and its subdomains, which sp and np govern. */
export function HeaderFroms({ domain, rows }: { domain: string; rows: readonly Row[] }) {
  if (rows.every((row) => row.domain === domain)) return null;
  return (
    <section aria-labelledby="subdomains">
      <h2 id="subdomains">
        Names in From <span class="soft">{formatCount(rows.length)}</span>
      </h2>
      <DataTable
        id="names"
        caption="The policy for names below the domain is sp; for those that do not exist, np."
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.domain ?? ''}
        sort={{ key: 'messages', descending: true }}
        first={20}
        empty="No names."
      />
    </section>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    label: 'From domain',
    sortBy: ({ domain }) => domain,
    cell: ({ domain }) => (domain === null ? <Nothing words="not stated" /> : <bdi>{domain}</bdi>),
  },
  {
    key: 'messages',
    label: 'Messages',
    numeric: true,
    main: true,
    sortBy: ({ messages }) => messages,
    cell: ({ messages }) => formatCount(messages),
  },
  {
    key: 'own',
    label: 'Yours',
    numeric: true,
    sortBy: ({ ownMessages }) => ownMessages,
    cell: ({ ownMessages }) => formatCount(ownMessages),
  },
  {
    key: 'own-aligned',
    label: 'Yours, aligned',
    numeric: true,
    main: true,
    sortBy: ({ ownMessages, ownAligned }) => (ownMessages === 0 ? null : ownAligned / ownMessages),
    cell: ({ ownMessages, ownAligned }) => <Share part={ownAligned} whole={ownMessages} />,
  },
];
