import { useMemo } from 'preact/hooks';
import type { ChangeResponse, ChangesResponse } from '../../server/api/contract-changes.ts';
import type { Mark } from '../chart-marks.tsx';
import { changes } from '../endpoints-insight.ts';
import { formatCount, formatDay } from '../format.ts';
import { chosenPeriod } from '../navigation.ts';
import { compareHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { type Loaded, useResource } from '../use-resource.ts';
import { byDay, CHANGE_KINDS } from '../words/change-words.ts';
import { AddNote } from './add-note.tsx';
import { Compare } from './compare.tsx';
import { Show } from './show.tsx';

/** What changed in the period, and as marks for the chart. */
export function useMarks(domain: string): { loaded: Loaded<ChangesResponse>; marks: Mark[] } {
  const loaded = useResource(changes(domain, chosenPeriod.value));
  const marks = useMemo(
    () =>
      byDay(loaded.value?.changes ?? []).map((day) => ({
        ...day,
        compareHref: compareHref(domain, day.day, chosenPeriod.value),
      })),
    [loaded.value],
  );
  return { loaded, marks };
}

/** What changed and when, what the user noted, and the mail before and after a day. */
export function ChangesSection({
  domain,
  changes: loaded,
}: {
  domain: string;
  changes: Loaded<ChangesResponse>;
}) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">
        Changes{' '}
        {loaded.value !== null && (
          <span class="soft">{formatCount(loaded.value.changes.length)}</span>
        )}
      </h2>
      <Show of={loaded} room="line">
        {(answer) => <Changes domain={domain} answer={answer} />}
      </Show>
      <AddNote domain={domain} />
      <Compare domain={domain} />
    </section>
  );
}

const FIRST = 8;

function Changes({ domain, answer }: { domain: string; answer: ChangesResponse }) {
  const { from, to } = answer.range;
  return (
    <>
      <DataTable
        id="changes"
        caption="Policy changes as reports show them, DNS changes as the daily check sees them, first and last mail of a source, and your notes."
        columns={changeColumns(domain)}
        rows={answer.changes}
        rowKey={({ day, kind, text }) => `${day} ${kind} ${text}`}
        sort={{ key: 'day', descending: true }}
        first={FIRST}
        empty="Nothing changed in these days."
      />
      {answer.changes.length > 0 && (
        <CsvButton
          fileName={`${domain}-changes-${from}-${to}.csv`}
          header={['day_utc', 'kind', 'text']}
          rows={() => answer.changes.map(({ day, kind, text }) => [day, kind, text])}
        />
      )}
    </>
  );
}

const changeColumns = (domain: string): Column<ChangeResponse>[] => [
  {
    key: 'day',
    label: 'Day (UTC)',
    sortBy: ({ day }) => day,
    cell: ({ day }) => <time dateTime={day}>{formatDay(day, 'with-year')}</time>,
  },
  {
    key: 'text',
    label: 'What changed',
    main: true,
    cell: ({ text, kind }) => (
      <>
        {text}
        <span class="under">{CHANGE_KINDS[kind]}</span>
      </>
    ),
  },
  {
    key: 'compare',
    label: 'Mail around it',
    cell: ({ day }) => (
      <a
        href={compareHref(domain, day, chosenPeriod.value)}
        aria-label={`Compare before and after ${formatDay(day)}`}
      >
        Compare before and after
      </a>
    ),
  },
];
