import type { SourceResponse, SourcesResponse } from '../../server/api/contract-sources.ts';
import { sources } from '../endpoints.ts';
import { formatCount, formatPerWeek, formatQuantity, formatShare } from '../format.ts';
import { changeQuery, chosenPeriod, query } from '../navigation.ts';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';
import { lengthOf } from '../period.ts';
import { CsvButton } from '../table/csv-button.tsx';
import { DataTable } from '../table/data-table.tsx';
import { FilterText } from '../table/filter-text.tsx';
import { matches } from '../table/matches.ts';
import { useResource } from '../use-resource.ts';
import { CLASS_GROUPS } from '../words/class-words.ts';
import { HeaderFroms } from './header-froms.tsx';
import { SOURCE_CSV_HEADER, sourceColumns, sourceCsvRow } from './source-columns.tsx';

/** Who sends as the domain, by class, and under which names. */
export function SourceGroups({ domain }: { domain: string }) {
  const listed = useResource(sources(domain, chosenPeriod.value));
  return (
    <>
      <section aria-labelledby="sources">
        <h2 id="sources">
          Sending sources{' '}
          {listed.value !== null && (
            <span class="soft">{formatCount(listed.value.sources.length)}</span>
          )}
        </h2>
        <Show of={listed} room="table">
          {(answer) => <Groups domain={domain} answer={answer} />}
        </Show>
      </section>
      {listed.value !== null && <HeaderFroms domain={domain} rows={listed.value.headerFroms} />}
    </>
  );
}

function Groups({ domain, answer }: { domain: string; answer: SourcesResponse }) {
  const filter = query.value.get('q') ?? '';
  const shown = answer.sources.filter(({ name, id, passedUnaligned }) =>
    matches([name, id, ...passedUnaligned.map((passed) => passed.domain)].join(' '), filter),
  );
  if (answer.sources.length === 0) return <p class="empty">No mail in these days.</p>;
  return (
    <>
      <p>
        A <Term of="source">source</Term> is a service or network.{' '}
        <Term of="passedUnaligned">Passed, not aligned</Term> is what its set-up has to change.
      </p>
      <FilterText
        label="Filter sources"
        value={filter}
        onChange={(text) => changeQuery({ q: text })}
      />
      {shown.length === 0 && <p class="empty">No source matches this filter.</p>}
      {CLASS_GROUPS.map((group) => (
        <Group
          key={group.class}
          domain={domain}
          group={group}
          days={lengthOf(answer.range)}
          rows={shown.filter((source) => source.class === group.class)}
        />
      ))}
      <CsvButton
        fileName={`${domain}-sources-${answer.range.from}-${answer.range.to}.csv`}
        header={SOURCE_CSV_HEADER}
        rows={() => shown.map(sourceCsvRow)}
      />
    </>
  );
}

interface GroupProps {
  domain: string;
  group: (typeof CLASS_GROUPS)[number];
  rows: readonly SourceResponse[];
  days: number;
}

/** Strangers may be hundreds, and there is nothing to do about them. */
const FIRST_STRANGERS = 5;

/** What needs work comes first. */
const LEAST_ALIGNED = { key: 'aligned', descending: false };

function Group({ domain, group, rows, days }: GroupProps) {
  if (rows.length === 0) return null;
  return (
    <div class="source-group">
      <h3 id={`sources-${group.class}`}>
        {group.heading} <span class="soft">{formatCount(rows.length)}</span>
      </h3>
      <DataTable
        id={group.class}
        caption={
          <>
            {sumWords(rows, group.class, days)} {group.says}
          </>
        }
        columns={sourceColumns(domain, chosenPeriod.value)}
        rows={rows}
        rowKey={({ id }) => id}
        sort={group.class === 'own' ? LEAST_ALIGNED : { key: 'messages', descending: true }}
        first={group.class === 'unauthorised' ? FIRST_STRANGERS : 200}
        empty="None."
      />
    </div>
  );
}

/** '184 messages, 71.2% aligned; 12 a week would be lost at p=reject.' */
function sumWords(
  rows: readonly SourceResponse[],
  group: GroupProps['group']['class'],
  days: number,
): string {
  const messages = rows.reduce((sum, { tally }) => sum + tally.messages, 0);
  const aligned = rows.reduce((sum, { tally }) => sum + tally.dmarcAligned, 0);
  const said = `${formatQuantity(messages, 'message')}, ${formatShare(aligned, messages)} aligned`;
  if (group !== 'forwarder') return `${said}.`;
  const failing = rows.reduce((sum, { tally }) => sum + tally.neither, 0);
  return `${said}; ${formatPerWeek(failing, days)} a week could be lost at p=reject.`;
}
