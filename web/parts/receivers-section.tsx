import type { ReceiversResponse } from '../../server/api/contract-domains.ts';
import { receivers } from '../endpoints.ts';
import { formatCount } from '../format.ts';
import { chosenPeriod } from '../navigation.ts';
import { reportsHref } from '../routes.ts';
import { useResource } from '../use-resource.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { Ago, Nothing } from './numbers.tsx';
import { Show } from './show.tsx';
import { actedOnColumn, tallyColumns } from './tally-columns.tsx';
import { Term } from './term.tsx';

type Receiver = ReceiversResponse['receivers'][number];

/** Who received the mail and reported it. */
export function ReceiversSection({ domain }: { domain: string }) {
  const listed = useResource(receivers(domain, chosenPeriod.value));
  return (
    <section aria-labelledby="receivers">
      <h2 id="receivers">
        Receivers{' '}
        {listed.value !== null && (
          <span class="soft">{formatCount(listed.value.receivers.length)}</span>
        )}
      </h2>
      <Show of={listed} room="table">
        {(answer) => (
          <DataTable
            id="receivers"
            caption={
              <>
                A <Term of="receiver">receiver</Term> goes by the name in its reports.
              </>
            }
            columns={receiverColumns(domain)}
            rows={answer.receivers}
            rowKey={({ orgName }) => orgName}
            sort={{ key: 'messages', descending: true }}
            empty="No receiver reported these days."
          />
        )}
      </Show>
    </section>
  );
}

const receiverColumns = (domain: string): Column<Receiver>[] => [
  {
    key: 'name',
    label: 'Receiver',
    sortBy: ({ orgName }) => orgName,
    cell: ({ orgName }) => <ReceiverName domain={domain} orgName={orgName} />,
  },
  ...tallyColumns<Receiver>(),
  actedOnColumn<Receiver>(),
  {
    key: 'reports',
    label: 'Reports',
    numeric: true,
    sortBy: ({ reports }) => reports,
    cell: ({ reports }) => formatCount(reports),
  },
  {
    key: 'last',
    label: 'Last report',
    sortBy: ({ lastReportEndSeconds }) => lastReportEndSeconds,
    cell: ({ lastReportEndSeconds }) =>
      lastReportEndSeconds === null ? (
        <Nothing words="not dated" />
      ) : (
        <Ago seconds={lastReportEndSeconds} />
      ),
  },
];

function ReceiverName({ domain, orgName }: { domain: string; orgName: string }) {
  // An empty name filters nothing, so it cannot be a link to its reports.
  if (orgName === '') return <>(no name given)</>;
  return (
    <a href={reportsHref({ domain, org: orgName }, chosenPeriod.value)}>
      <bdi>{orgName}</bdi>
    </a>
  );
}
