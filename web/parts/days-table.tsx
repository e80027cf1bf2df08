import type { DaysResponse } from '../../server/api/contract-sources.ts';
import type { CsvCell } from '../csv.ts';
import { formatCount, formatDay } from '../format.ts';
import { type Outcomes, outcomesOf } from '../to-columns.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { Nothing, Share } from './numbers.tsx';

type Day = DaysResponse['days'][number];

const dayCount = (count: (outcomes: Outcomes) => number) => (day: Day) => {
  const outcomes = outcomesOf(day);
  return outcomes === null ? <Nothing words="no report" /> : formatCount(count(outcomes));
};

const DAY_COLUMNS: readonly Column<Day>[] = [
  { key: 'day', label: 'Day (UTC)', cell: ({ day }) => formatDay(day, 'with-year') },
  {
    key: 'messages',
    label: 'Messages',
    numeric: true,
    main: true,
    cell: dayCount(({ messages }) => messages),
  },
  {
    key: 'aligned',
    label: 'DMARC aligned',
    numeric: true,
    main: true,
    cell: ({ tally }) =>
      tally === null ? (
        <Nothing words="no report" />
      ) : (
        <Share part={tally.dmarcAligned} whole={tally.messages} />
      ),
  },
  { key: 'both', label: 'DKIM and SPF', numeric: true, cell: dayCount((day) => day.bothAligned) },
  { key: 'dkim', label: 'DKIM only', numeric: true, cell: dayCount((day) => day.dkimOnly) },
  { key: 'spf', label: 'SPF only', numeric: true, cell: dayCount((day) => day.spfOnly) },
  { key: 'own', label: 'Yours, failing', numeric: true, cell: dayCount((day) => day.ownFailing) },
  {
    key: 'forwarded',
    label: 'Passed on, failing',
    numeric: true,
    cell: dayCount((day) => day.forwardedFailing),
  },
  {
    key: 'other',
    label: 'Others, failing',
    numeric: true,
    cell: dayCount((day) => day.otherFailing),
  },
  { key: 'not-stated', label: 'Not stated', numeric: true, cell: dayCount((day) => day.notStated) },
  {
    key: 'acted-on',
    label: 'Quarantined or rejected',
    numeric: true,
    cell: dayCount(({ actedOn }) => actedOn),
  },
];

/** The numbers behind the chart. */
export function DaysTable({ days }: { days: readonly Day[] }) {
  return (
    <DataTable
      id="days"
      caption="Messages of each day by outcome; a dash is a day without a report."
      columns={DAY_COLUMNS}
      rows={days}
      rowKey={({ day }) => day}
      empty="No days."
    />
  );
}

export const DAYS_CSV_HEADER = [
  'day_utc',
  'messages',
  'dmarc_aligned',
  'dkim_and_spf',
  'dkim_only',
  'spf_only',
].concat([
  'own_failing',
  'forwarded_failing',
  'others_failing',
  'not_stated',
  'quarantined',
  'rejected',
]);

/** A day without a report has empty cells, not zeros. */
export function dayCsvRow(day: Day): CsvCell[] {
  const outcomes = outcomesOf(day);
  if (outcomes === null || day.tally === null) {
    return [day.day, ...DAYS_CSV_HEADER.slice(1).map(() => null)];
  }
  const { dmarcAligned, dispositions } = day.tally;
  const { messages, bothAligned, dkimOnly, spfOnly } = outcomes;
  return [day.day, messages, dmarcAligned, bothAligned, dkimOnly, spfOnly].concat([
    outcomes.ownFailing,
    outcomes.forwardedFailing,
    outcomes.otherFailing,
    outcomes.notStated,
    dispositions.quarantine,
    dispositions.reject,
  ]);
}
