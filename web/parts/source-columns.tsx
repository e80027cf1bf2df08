import type { SourceResponse, TallyResponse } from '../../server/api/contract.ts';
import type { CsvCell } from '../csv.ts';
import { formatCount, formatDay, formatPeriod } from '../format.ts';
import type { Period } from '../period.ts';
import { sourceHref } from '../routes.ts';
import { actedOnOf } from '../to-columns.ts';
import type { Column } from '../table/column.ts';
import { Nothing, Share } from './numbers.tsx';

export const KIND_WORDS: Record<SourceResponse['kind'], string> = {
  service: 'service',
  as: 'network',
  block: 'address block',
};

const ratioOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Columns about a tally, shared by the tables of sources, receivers and addresses. */
export function tallyColumns<Row extends { tally: TallyResponse }>(): Column<Row>[] {
  const share = (key: string, label: string, part: (tally: TallyResponse) => number) => ({
    key,
    label,
    numeric: true,
    sortBy: ({ tally }: Row) => ratioOf(part(tally), tally.messages),
    cell: ({ tally }: Row) => <Share part={part(tally)} whole={tally.messages} />,
  });
  return [
    {
      key: 'messages',
      label: 'Messages',
      numeric: true,
      main: true,
      sortBy: ({ tally }) => tally.messages,
      cell: ({ tally }) => formatCount(tally.messages),
    },
    { ...share('aligned', 'DMARC aligned', (tally) => tally.dmarcAligned), main: true },
    share('dkim', 'DKIM aligned', (tally) => tally.dkimAligned),
    share('spf', 'SPF aligned', (tally) => tally.spfAligned),
  ];
}

/** What receivers did because of DMARC. */
export function actedOnColumn<Row extends { tally: TallyResponse }>(): Column<Row> {
  return {
    key: 'acted-on',
    label: 'Acted on',
    sortBy: ({ tally }) => actedOnOf(tally),
    cell: ({ tally }) => <ActedOn tally={tally} />,
  };
}

function ActedOn({ tally }: { tally: TallyResponse }) {
  const { quarantine, reject, unstated } = tally.dispositions;
  const parts = [
    ...(reject > 0 ? [`${formatCount(reject)} rejected`] : []),
    ...(quarantine > 0 ? [`${formatCount(quarantine)} quarantined`] : []),
    ...(unstated > 0 ? [`${formatCount(unstated)} not stated`] : []),
  ];
  if (parts.length === 0) return <Nothing words="nothing quarantined or rejected" />;
  return (
    <ul class="lines whole">
      {parts.map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  );
}

export function sourceColumns(domain: string, period: Period | null): Column<SourceResponse>[] {
  return [
    {
      key: 'name',
      label: 'Source',
      sortBy: ({ name }) => name,
      cell: (source) => (
        <>
          <a href={sourceHref(domain, source.id, period)}>
            <bdi>{source.name}</bdi>
          </a>
          <span class="under">{KIND_WORDS[source.kind]}</span>
        </>
      ),
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
  'kind',
  'evidence',
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

export function sourceCsvRow({
  name,
  id,
  kind,
  evidence,
  tally,
  ...source
}: SourceResponse): CsvCell[] {
  const passed = source.passedUnaligned.map(
    ({ by, domain, messages }) => `${by} ${domain} ${messages}`,
  );
  return [name, id, kind, evidence, tally.messages, tally.dmarcAligned, tally.dkimAligned].concat([
    tally.spfAligned,
    passed.join('; '),
    tally.dispositions.quarantine,
    tally.dispositions.reject,
    source.firstDay ?? '',
    source.lastDay ?? '',
  ]);
}
