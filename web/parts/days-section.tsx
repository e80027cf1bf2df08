import { useMemo, useState } from 'preact/hooks';
import type { DaysResponse, TallyResponse } from '../../server/api/contract.ts';
import { DaysChart } from '../charts.tsx';
import type { CsvCell } from '../csv.ts';
import { formatCount, formatDay, formatPeriod, formatQuantity } from '../format.ts';
import { actedOnOf, summariseDays, toColumns } from '../to-columns.ts';
import type { Loaded } from '../use-resource.ts';
import type { Column } from '../table/column.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { Nothing, Share } from './numbers.tsx';
import { OutcomeLegend } from './outcome-legend.tsx';
import { brushTo } from './period-picker.tsx';
import { Show } from './show.tsx';

interface DaysSectionProps {
  of: Loaded<DaysResponse>;
  /** The sum over the period, shown while no day is under the pointer. */
  tally: TallyResponse | null;
  /** What the numbers are of, for the file's name. */
  name: string;
}

/** Messages a day: the picture, its legend, and the table behind it. */
export function DaysSection({ of, tally, name }: DaysSectionProps) {
  return (
    <section aria-labelledby="days">
      <h2 id="days">Messages a day</h2>
      <Show of={of} room="chart">
        {(answer) => <Days answer={answer} tally={tally} name={name} />}
      </Show>
    </section>
  );
}

function Days({ answer, tally, name }: { answer: DaysResponse } & Omit<DaysSectionProps, 'of'>) {
  const columns = useMemo(() => toColumns(answer.days), [answer]);
  const [place, setPlace] = useState<number | null>(null);
  const { from, to } = answer.range;
  const hovered = place === null ? undefined : answer.days[place];
  if (answer.days.every((day) => day.tally === null)) {
    return <p class="empty">No report covers these days.</p>;
  }
  return (
    <>
      <OutcomeLegend
        days={hovered === undefined ? formatPeriod(from, to) : formatDay(hovered.day, 'with-year')}
        tally={hovered === undefined ? tally : hovered.tally}
      />
      <DaysChart
        columns={columns}
        label={chartLabel(answer)}
        onBrush={brushTo}
        onHover={setPlace}
      />
      <details class="table-behind">
        <summary>Numbers of each day</summary>
        <DaysTable days={answer.days} />
        <CsvButton
          fileName={`${name}-days-${from}-${to}.csv`}
          header={CSV_HEADER}
          rows={() => answer.days.map(csvRow)}
        />
      </details>
      <p class="hint">Drag across the chart to look at those days alone.</p>
    </>
  );
}

function chartLabel({ range, days }: DaysResponse): string {
  const { peak, daysWithoutReports } = summariseDays(days);
  const parts = [
    `Messages a day by outcome, ${formatPeriod(range.from, range.to)}.`,
    peak === null
      ? 'No messages.'
      : `Most on ${formatDay(peak.day)}: ${formatQuantity(peak.messages, 'message')}.`,
    daysWithoutReports === 0
      ? 'Every day has a report.'
      : `${formatQuantity(daysWithoutReports, 'day has', 'days have')} no report.`,
    'The numbers are in the table below.',
  ];
  return parts.join(' ');
}

type Day = DaysResponse['days'][number];

const dayCount = (count: (tally: TallyResponse) => number) => (day: Day) =>
  day.tally === null ? <Nothing words="no report" /> : formatCount(count(day.tally));

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
  { key: 'neither', label: 'Neither', numeric: true, cell: dayCount((day) => day.neither) },
  { key: 'not-stated', label: 'Not stated', numeric: true, cell: dayCount((day) => day.notStated) },
  { key: 'acted-on', label: 'Quarantined or rejected', numeric: true, cell: dayCount(actedOnOf) },
];

function DaysTable({ days }: { days: readonly Day[] }) {
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

const CSV_HEADER = [
  'day_utc',
  'messages',
  'dmarc_aligned',
  'dkim_and_spf',
  'dkim_only',
  'spf_only',
].concat(['neither', 'not_stated', 'quarantined', 'rejected']);

/** A day without a report has empty cells, not zeros. */
function csvRow({ day, tally }: Day): CsvCell[] {
  if (tally === null) return [day, ...CSV_HEADER.slice(1).map(() => null)];
  const { dispositions } = tally;
  return [day, tally.messages, tally.dmarcAligned, tally.bothAligned, tally.dkimOnly].concat([
    tally.spfOnly,
    tally.neither,
    tally.notStated,
    dispositions.quarantine,
    dispositions.reject,
  ]);
}
