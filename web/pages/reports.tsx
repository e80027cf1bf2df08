import type { ReportsResponse } from '../../server/api/contract-reports.ts';
import { reports } from '../endpoints.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { address, navigate, query } from '../navigation.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { Share } from '../parts/numbers.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Paging } from '../table/paging.tsx';
import { ReportDays } from '../report/report-days.tsx';
import { ReportsFilter } from '../report/reports-filter.tsx';
import { reportsQueryOf } from '../report/reports-query.ts';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';
import { reportHref, withQuery } from '../routes.ts';
import { useResource } from '../use-resource.ts';

type Report = ReportsResponse['reports'][number];

/** Every report that was read, newest first, as the address filters them. */
export function Reports() {
  const listed = useResource(reports(reportsQueryOf(query.value)));
  return (
    <>
      <PageHeading title="Reports" />
      <ReportsFilter key={address.value.search} query={query.value} onApply={applyFilter} />
      <Show of={listed} room="table">
        {(answer) => (
          <>
            <DataTable
              id="reports"
              caption={
                <>
                  Newest first. <Term of="aligned">Aligned</Term> is what DMARC counts.
                </>
              }
              columns={COLUMNS}
              rows={answer.reports}
              rowKey={({ id }) => id}
              empty={
                query.value.size === 0
                  ? 'No report has been read yet. Add a mailbox or report files under Mailboxes.'
                  : 'No report matches this filter.'
              }
            />
            <Paging nextCursor={answer.nextCursor} what="reports" />
          </>
        )}
      </Show>
    </>
  );
}

const applyFilter = (filter: Record<string, string>): void =>
  navigate(withQuery(address.value.pathname, filter));

const COLUMNS: readonly Column<Report>[] = [
  {
    key: 'org',
    label: 'Reporter',
    cell: (report) => (
      <>
        <a href={reportHref(report.id)}>
          {report.orgName === '' ? '(no name given)' : <bdi>{report.orgName}</bdi>}
        </a>
        <span class="under">
          <bdi>{report.domain}</bdi>
        </span>
      </>
    ),
  },
  {
    key: 'days',
    label: 'Covers (UTC)',
    main: true,
    cell: ({ beginSeconds, endSeconds }) => (
      <ReportDays beginSeconds={beginSeconds} endSeconds={endSeconds} />
    ),
  },
  {
    key: 'messages',
    label: 'Messages',
    numeric: true,
    main: true,
    cell: ({ messages }) => formatCount(messages),
  },
  {
    key: 'aligned',
    label: 'DMARC aligned',
    numeric: true,
    cell: ({ messages, dmarcAligned }) => <Share part={dmarcAligned} whole={messages} />,
  },
  { key: 'rows', label: 'Rows', numeric: true, cell: ({ records }) => formatCount(records) },
  { key: 'notes', label: 'Notes', cell: (report) => <Notes report={report} /> },
];

function Notes({ report: { counted, refusedRows, warnings } }: { report: Report }) {
  const notes = [
    ...(counted ? [] : ['not counted: another version is']),
    ...(refusedRows > 0 ? [`${formatQuantity(refusedRows, 'row')} refused`] : []),
    ...(warnings.length > 0 ? [formatQuantity(warnings.length, 'oddity', 'oddities')] : []),
  ];
  return (
    <ul class="lines">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
