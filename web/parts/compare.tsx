import { useEffect, useRef } from 'preact/hooks';
import type { SumsResponse } from '../../server/api/contract-base.ts';
import type { BeforeAfterResponse } from '../../server/api/contract-changes.ts';
import { beforeAfter } from '../endpoints-insight.ts';
import { formatCount, formatDay, formatPeriod } from '../format.ts';
import { address, changeQuery, chosenPeriod, query } from '../navigation.ts';
import { isDay } from '../period.ts';
import { sourceHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { useResource } from '../use-resource.ts';
import { Nothing, Share } from './numbers.tsx';
import { Show } from './show.tsx';

/** Each source before and after a day that the address names: has the move of providers worked? */
export function Compare({ domain }: { domain: string }) {
  const day = query.value.get('compare') ?? '';
  const here = useRef<HTMLDivElement>(null);
  // A mark of the chart leads here, far down the same page.
  useEffect(() => {
    if (address.value.hash === '#compare') here.current?.scrollIntoView({ block: 'start' });
  }, [day]);
  return (
    <div id="compare" class="compare" ref={here}>
      <h3>Before and after</h3>
      <label class="filter-text">
        Compare around
        <input
          type="date"
          value={day}
          onChange={(event) => changeQuery({ compare: event.currentTarget.value }, 'push')}
        />
      </label>
      {isDay(day) ? (
        <Compared domain={domain} day={day} />
      ) : (
        <p class="hint">
          Name a day on which something changed, such as a move to another provider, to see each
          source before and after it.
        </p>
      )}
    </div>
  );
}

function Compared({ domain, day }: { domain: string; day: string }) {
  const loaded = useResource(beforeAfter(domain, day));
  return (
    <Show of={loaded} room="table">
      {(answer) => (
        <>
          {answer.moving.length > 0 && (
            <ul class="moving">
              {answer.moving.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          <DataTable
            id="compare"
            caption={`${formatPeriod(answer.before.from, answer.before.to)} and ${formatPeriod(answer.after.from, answer.after.to)}.`}
            columns={columnsOf(domain)}
            rows={answer.sources}
            rowKey={({ id }) => id}
            sort={{ key: 'after', descending: true }}
            first={12}
            empty="No source sent mail in these days."
          />
          <CsvButton
            fileName={`${domain}-before-after-${answer.day}.csv`}
            header={CSV_HEADER}
            rows={() => answer.sources.map(csvRow)}
          />
        </>
      )}
    </Show>
  );
}

type Row = BeforeAfterResponse['sources'][number];

const columnsOf = (domain: string): Column<Row>[] => [
  {
    key: 'name',
    label: 'Source',
    sortBy: ({ name }) => name,
    cell: ({ id, name }) => (
      <a href={sourceHref(domain, id, chosenPeriod.value)}>
        <bdi>{name}</bdi>
      </a>
    ),
  },
  ...sideColumns('before', 'Before'),
  ...sideColumns('after', 'After', true),
  {
    key: 'told',
    label: 'What changed',
    cell: ({ told, lastDay }) => (
      <>
        {told ?? <Nothing words="nothing" />}
        {lastDay !== null && <span class="under">last mail {formatDay(lastDay)}</span>}
      </>
    ),
  },
];

const sideColumns = (side: 'before' | 'after', label: string, main = false): Column<Row>[] => [
  {
    key: side,
    label,
    numeric: true,
    main,
    sortBy: (row) => row[side].messages,
    cell: (row) => formatCount(row[side].messages),
  },
  { ...shareColumn(side, `${label}, DMARC aligned`, (sums) => sums.dmarcAligned), main },
  shareColumn(side, `${label}, DKIM aligned`, (sums) => sums.dkimAligned),
];

const shareColumn = (
  side: 'before' | 'after',
  label: string,
  part: (sums: SumsResponse) => number,
): Column<Row> => ({
  key: label,
  label,
  numeric: true,
  cell: (row) => <Share part={part(row[side])} whole={row[side].messages} />,
});

const CSV_HEADER = ['source', 'id', 'before_messages', 'before_dmarc_aligned'].concat([
  'after_messages',
  'after_dmarc_aligned',
  'last_day_utc',
  'what_changed',
]);

const csvRow = ({ name, id, before, after, lastDay, told }: Row) => [
  ...[name, id, before.messages, before.dmarcAligned],
  ...[after.messages, after.dmarcAligned, lastDay, told],
];
