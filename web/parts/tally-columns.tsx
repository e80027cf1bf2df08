import type { TallyResponse } from '../../server/api/contract-base.ts';
import { formatCount } from '../format.ts';
import { actedOnOf } from '../to-columns.ts';
import type { Column } from '../table/column.ts';
import { Nothing, Share } from './numbers.tsx';

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
