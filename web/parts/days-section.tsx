import { useMemo, useState } from 'preact/hooks';
import type { DaysResponse } from '../../server/api/contract-sources.ts';
import type { Mark } from '../chart-marks.tsx';
import { DaysChart } from '../charts.tsx';
import { formatDay, formatPeriod, formatQuantity } from '../format.ts';
import { outcomesOf, summariseDays, sumOutcomes, toColumns } from '../to-columns.ts';
import type { Loaded } from '../use-resource.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DAYS_CSV_HEADER, dayCsvRow, DaysTable } from './days-table.tsx';
import { OutcomeLegend } from './outcome-legend.tsx';
import { brushTo } from './period-picker.tsx';
import { Show } from './show.tsx';

interface DaysSectionProps {
  of: Loaded<DaysResponse>;
  /** What the numbers are of, for the file's name. */
  name: string;
  /** Days on which something changed. */
  marks: readonly Mark[];
}

/** Messages a day: the picture, its legend, and the table behind it. */
export function DaysSection({ of, name, marks }: DaysSectionProps) {
  return (
    <section aria-labelledby="days">
      <h2 id="days">Messages a day</h2>
      <Show of={of} room="chart">
        {(answer) => <Days answer={answer} name={name} marks={marks} />}
      </Show>
    </section>
  );
}

function Days({ answer, name, marks }: { answer: DaysResponse } & Omit<DaysSectionProps, 'of'>) {
  const columns = useMemo(() => toColumns(answer.days), [answer]);
  const sum = useMemo(() => sumOutcomes(answer.days), [answer]);
  const [place, setPlace] = useState<number | null>(null);
  const { from, to } = answer.range;
  const hovered = place === null ? undefined : answer.days[place];
  if (sum === null) return <p class="empty">No report covers these days.</p>;
  return (
    <>
      <OutcomeLegend
        days={hovered === undefined ? formatPeriod(from, to) : formatDay(hovered.day, 'with-year')}
        outcomes={hovered === undefined ? sum : outcomesOf(hovered)}
      />
      <DaysChart
        columns={columns}
        label={chartLabel(answer)}
        marks={marks}
        onBrush={brushTo}
        onHover={setPlace}
      />
      <details class="table-behind">
        <summary>Numbers of each day</summary>
        <DaysTable days={answer.days} />
        <CsvButton
          fileName={`${name}-days-${from}-${to}.csv`}
          header={DAYS_CSV_HEADER}
          rows={() => answer.days.map(dayCsvRow)}
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
