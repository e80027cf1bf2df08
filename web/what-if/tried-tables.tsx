import { formatCount, formatDay, formatPerWeek, formatQuantity } from '../format.ts';
import { lengthOf } from '../period.ts';
import { sourceHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { CLASS_WORDS } from '../words/class-words.ts';
import { sourceRows, type Tried, type TriedRow, weekRows } from './columns-of.ts';

interface TriedTablesProps {
  domain: string;
  tried: readonly Tried[];
}

/** Sources as rows, policies as columns: messages a week that would have been hit. */
export function SourcesTried({ domain, tried }: TriedTablesProps) {
  const window = tried[0]?.answer.window;
  const days = window === undefined ? 1 : lengthOf(window);
  const rows = sourceRows(tried);
  return (
    <section aria-labelledby="tried-sources">
      <h2 id="tried-sources">By source</h2>
      <DataTable
        id="tried"
        caption={`Messages a week that would have been quarantined or rejected; under them the sum over ${formatQuantity(days, 'day')}.`}
        columns={[
          {
            key: 'name',
            label: 'Source',
            cell: (row) => (
              <>
                <a href={sourceHref(domain, row.key, null)}>
                  <bdi>{row.name}</bdi>
                </a>
                <span class="under">{CLASS_WORDS[row.class].label}</span>
              </>
            ),
          },
          allMessages,
          ...tried.map(({ label }, place) =>
            hitColumn(label, place, days, place >= tried.length - 2),
          ),
        ]}
        rows={rows}
        rowKey={({ key }) => key}
        first={12}
        empty="No mail in these days."
      />
      <CsvButton
        fileName={`${domain}-what-if.csv`}
        header={['source', 'id', 'class', 'messages', ...tried.map(({ label }) => label)]}
        rows={() =>
          rows.map((row) => [
            row.name,
            row.key,
            CLASS_WORDS[row.class].label,
            row.messages,
            ...row.hits,
          ])
        }
      />
    </section>
  );
}

/** Own and forwarded mail week by week. */
export function WeeksTried({ domain, tried }: TriedTablesProps) {
  const rows = weekRows(tried);
  return (
    <section aria-labelledby="tried-weeks">
      <h2 id="tried-weeks">By week</h2>
      <DataTable
        id="weeks"
        caption="Messages of yours, and those that others passed on, that would have been quarantined or rejected in the week from that Monday."
        columns={[
          {
            key: 'week',
            label: 'Week of',
            cell: (row) => (
              <>
                {formatDay(row.name, 'with-year')}
                <span class="under">{CLASS_WORDS[row.class].label}</span>
              </>
            ),
          },
          allMessages,
          ...tried.map(({ label }, place) =>
            hitColumn(label, place, null, place >= tried.length - 2),
          ),
        ]}
        rows={rows}
        rowKey={({ key }) => key}
        empty="No mail in these days."
      />
      <CsvButton
        fileName={`${domain}-what-if-weeks.csv`}
        header={['week_of', 'class', 'messages', ...tried.map(({ label }) => label)]}
        rows={() =>
          rows.map((row) => [row.name, CLASS_WORDS[row.class].label, row.messages, ...row.hits])
        }
      />
    </section>
  );
}

const allMessages: Column<TriedRow> = {
  key: 'messages',
  label: 'Messages',
  numeric: true,
  cell: ({ messages }) => formatCount(messages),
};

/** `days` null: the number of the week itself, not a mean. The last two policies stay on a phone. */
const hitColumn = (
  label: string,
  place: number,
  days: number | null,
  main: boolean,
): Column<TriedRow> => ({
  key: `hit-${place}`,
  label,
  numeric: true,
  main,
  cell: (row) => {
    const hit = row.hits[place] ?? 0;
    const hurts = row.class === 'own' && hit > 0;
    return (
      <span class={hurts ? 'hurts' : row.class === 'forwarder' ? 'forwarded' : undefined}>
        {days === null ? formatCount(hit) : formatPerWeek(hit, days)}
        {days !== null && hit > 0 && <span class="under">{formatCount(hit)}</span>}
      </span>
    );
  },
});
