import type { TallyResponse } from '../../server/api/contract.ts';
import { formatCount, formatShare } from '../format.ts';
import { OUTCOMES, type OutcomeKey, actedOnOf } from '../to-columns.ts';
import { Nothing } from './numbers.tsx';

export const OUTCOME_LABELS: Record<OutcomeKey, string> = {
  bothAligned: 'aligned by DKIM and SPF',
  dkimOnly: 'DKIM only',
  spfOnly: 'SPF only',
  neither: 'neither',
  notStated: 'not stated',
};

interface OutcomeLegendProps {
  /** Which days the numbers are of. */
  days: string;
  /** null on a day without a report. */
  tally: TallyResponse | null;
}

/** What the chart's colours and textures mean, with the numbers of the day under the pointer. */
export function OutcomeLegend({ days, tally }: OutcomeLegendProps) {
  return (
    <div class="legend">
      <p>
        <strong>{days}</strong>{' '}
        {tally === null ? 'no report' : `${formatCount(tally.messages)} messages`}
      </p>
      <ul>
        {OUTCOMES.map((outcome) => (
          <li key={outcome}>
            <span class={`swatch swatch-${outcome}`} aria-hidden="true" />
            {OUTCOME_LABELS[outcome]}
            <LegendNumber tally={tally} count={tally?.[outcome] ?? 0} />
          </li>
        ))}
        <li>
          <span class="swatch swatch-actedOn" aria-hidden="true" />
          quarantined or rejected
          <LegendNumber tally={tally} count={tally === null ? 0 : actedOnOf(tally)} />
        </li>
        <li>
          <span class="swatch swatch-gap" aria-hidden="true" />
          no report
        </li>
      </ul>
    </div>
  );
}

function LegendNumber({ tally, count }: { tally: TallyResponse | null; count: number }) {
  if (tally === null) return <Nothing words="no report" />;
  return (
    <span class="legend-number">
      {formatCount(count)} <span class="soft">{formatShare(count, tally.messages)}</span>
    </span>
  );
}
