import type { SourcesResponse } from '../../server/api/contract.ts';
import { sources } from '../endpoints.ts';
import { formatCount } from '../format.ts';
import { changeQuery, chosenPeriod, query } from '../navigation.ts';
import { useResource } from '../use-resource.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { FilterText } from '../table/filter-text.tsx';
import { matches } from '../table/matches.ts';
import { Show } from './show.tsx';
import { SOURCE_CSV_HEADER, sourceColumns, sourceCsvRow } from './source-columns.tsx';
import { Term } from './term.tsx';

/** Who sends as the domain, most messages first. */
export function SourcesSection({ domain }: { domain: string }) {
  const listed = useResource(sources(domain, chosenPeriod.value));
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">
        Sending sources{' '}
        {listed.value !== null && (
          <span class="soft">{formatCount(listed.value.sources.length)}</span>
        )}
      </h2>
      <Show of={listed} room="table">
        {(answer) => <Sources domain={domain} answer={answer} />}
      </Show>
    </section>
  );
}

function Sources({ domain, answer }: { domain: string; answer: SourcesResponse }) {
  const filter = query.value.get('q') ?? '';
  const shown = answer.sources.filter(({ name, id, passedUnaligned }) =>
    matches([name, id, ...passedUnaligned.map((passed) => passed.domain)].join(' '), filter),
  );
  if (answer.sources.length === 0) return <p class="empty">No mail in these days.</p>;
  return (
    <>
      <FilterText
        label="Filter sources"
        value={filter}
        onChange={(text) => changeQuery({ q: text })}
      />
      <DataTable
        id="sources"
        caption={
          <>
            A <Term of="source">source</Term> is a service or network.{' '}
            <Term of="passedUnaligned">Passed, not aligned</Term> is what its set-up has to change.
          </>
        }
        columns={sourceColumns(domain, chosenPeriod.value)}
        rows={shown}
        rowKey={({ id }) => id}
        sort={{ key: 'messages', descending: true }}
        empty="No source matches this filter."
      />
      <CsvButton
        fileName={`${domain}-sources-${answer.range.from}-${answer.range.to}.csv`}
        header={SOURCE_CSV_HEADER}
        rows={() => shown.map(sourceCsvRow)}
      />
    </>
  );
}
