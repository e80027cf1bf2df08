import type { SourceDetailResponse } from '../../server/api/contract-sources.ts';
import { formatCount } from '../format.ts';
import { Nothing } from '../parts/numbers.tsx';
import { actedOnColumn, tallyColumns } from '../parts/tally-columns.tsx';
import { Term } from '../parts/term.tsx';
import { reportsHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';

type Address = SourceDetailResponse['addresses'][number];

/** The addresses of a source, with what DNS calls them and whose network they are in. */
export function Addresses({ domain, detail }: { domain: string; detail: SourceDetailResponse }) {
  const { from, to } = detail.range;
  const columns: Column<Address>[] = [
    {
      key: 'address',
      label: 'Address',
      sortBy: ({ sourceIp }) => sourceIp,
      cell: ({ sourceIp }) => (
        <a class="code" href={reportsHref({ domain, address: sourceIp }, detail.range)}>
          {sourceIp}
        </a>
      ),
    },
    {
      key: 'pointer',
      label: 'Name in DNS',
      sortBy: ({ pointer }) => pointer,
      cell: ({ pointer, pointerConfirmed, asName }) => (
        <>
          {pointer === null ? <Nothing words="none known" /> : <bdi>{pointer}</bdi>}
          {pointer !== null && !pointerConfirmed && (
            <span class="under">a claim, not confirmed</span>
          )}
          {asName !== null && (
            <span class="under">
              <bdi>{asName}</bdi>
            </span>
          )}
        </>
      ),
    },
    ...tallyColumns<Address>(),
    actedOnColumn<Address>(),
  ];
  return (
    <section aria-labelledby="addresses">
      <h2 id="addresses">
        Addresses <span class="soft">{formatCount(detail.addresses.length)}</span>
      </h2>
      <DataTable
        id="addresses"
        caption={
          <>
            Each address leads to the reports that name it; under its{' '}
            <Term of="pointer">name in DNS</Term> stands the network it is in.
          </>
        }
        columns={columns}
        rows={detail.addresses}
        rowKey={({ sourceIp }) => sourceIp}
        sort={{ key: 'messages', descending: true }}
        first={25}
        empty="No address sent mail in these days."
      />
      <CsvButton
        fileName={`${domain}-addresses-${from}-${to}.csv`}
        header={['address', 'name_in_dns', 'confirmed', 'network', 'messages', 'dmarc_aligned']}
        rows={() =>
          detail.addresses.map(({ sourceIp, pointer, pointerConfirmed, asName, tally }) => [
            ...[sourceIp, pointer, pointerConfirmed ? 'yes' : 'no', asName],
            ...[tally.messages, tally.dmarcAligned],
          ])
        }
      />
    </section>
  );
}
