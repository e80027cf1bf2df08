import type { SourceResponse } from '../../server/api/contract-sources.ts';
import type { CsvCell } from '../csv.ts';
import { formatCount, formatDay, formatPeriod } from '../format.ts';
import { Nothing } from '../parts/numbers.tsx';
import { actedOnColumn, tallyColumns } from '../parts/tally-columns.tsx';
import type { Period } from '../period.ts';
import { sourceHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { CLASS_WORDS, KIND_WORDS } from '../words/class-words.ts';
import { ClassButtons } from './class-buttons.tsx';

/** Columns of one class: unknown mail asks what it is where others tell what passed unaligned. */
export function sourceColumns(domain: string, period: Period | null): Column<SourceResponse>[] {
  return [
    {
      key: 'name',
      label: 'Source',
      sortBy: ({ name }) => name,
      cell: (source) => <SourceName domain={domain} source={source} period={period} />,
    },
    ...tallyColumns<SourceResponse>(),
    {
      key: 'unaligned',
      label: 'Passed, not aligned',
      sortBy: ({ tally }) => tally.dkimPassUnaligned + tally.spfPassUnaligned,
      cell: (source) => <PassedUnaligned source={source} />,
    },
    actedOnColumn<SourceResponse>(),
    {
      key: 'days',
      label: 'Seen',
      sortBy: ({ lastDay }) => lastDay,
      cell: ({ firstDay, lastDay }) => <Seen firstDay={firstDay} lastDay={lastDay} />,
    },
  ];
}

interface SourceNameProps {
  domain: string;
  source: SourceResponse;
  period: Period | null;
}

/** The name, what it is, and what its reader should do about it. */
function SourceName({ domain, source, period }: SourceNameProps) {
  return (
    <>
      <a href={sourceHref(domain, source.id, period)}>
        <bdi>{source.name}</bdi>
      </a>
      <span class="under">{underName(source)}</span>
      {source.class === 'unknown' && (
        <ClassButtons domain={domain} source={source.id} name={source.name} said={null} />
      )}
    </>
  );
}

function underName({ classShown, network, word, evidence }: SourceResponse): string {
  if (classShown === 'own-needs-work') return 'needs work';
  if (word !== null) return `said by ${word.by}`;
  if (classShown === 'own') return KIND_WORDS[network.kind];
  return evidence[0]?.text ?? KIND_WORDS[network.kind];
}

function PassedUnaligned({ source }: { source: SourceResponse }) {
  if (source.passedUnaligned.length === 0) return <Nothing words="nothing" />;
  return (
    <ul class="lines">
      {source.passedUnaligned.map(({ by, domain, messages }) => (
        <li key={`${by} ${domain}`}>
          {by.toUpperCase()} as <bdi>{domain}</bdi> · {formatCount(messages)}
        </li>
      ))}
    </ul>
  );
}

function Seen({ firstDay, lastDay }: Pick<SourceResponse, 'firstDay' | 'lastDay'>) {
  if (firstDay === null || lastDay === null) return <Nothing words="no day" />;
  return (
    <span class="seen" title={formatPeriod(firstDay, lastDay)}>
      {firstDay === lastDay ? formatDay(lastDay) : `${formatDay(firstDay)} – ${formatDay(lastDay)}`}
    </span>
  );
}

export const SOURCE_CSV_HEADER = [
  'source',
  'id',
  'class',
  'why',
  'kind',
  'messages',
  'dmarc_aligned',
].concat([
  'dkim_aligned',
  'spf_aligned',
  'passed_not_aligned',
  'quarantined',
  'rejected',
  'first_day_utc',
  'last_day_utc',
]);

export function sourceCsvRow(source: SourceResponse): CsvCell[] {
  const { name, id, tally, evidence, network, firstDay, lastDay } = source;
  const passed = source.passedUnaligned.map(
    ({ by, domain, messages }) => `${by} ${domain} ${messages}`,
  );
  return [
    ...[name, id, CLASS_WORDS[source.classShown].label],
    ...[evidence.map(({ text }) => text).join('; '), network.kind],
    ...[tally.messages, tally.dmarcAligned, tally.dkimAligned, tally.spfAligned],
    ...[passed.join('; '), tally.dispositions.quarantine, tally.dispositions.reject],
    ...[firstDay ?? '', lastDay ?? ''],
  ];
}
