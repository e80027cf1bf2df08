import { formatCount, formatQuantity, formatShare } from '../format.ts';
import { OUTCOMES, type OutcomeKey, type Outcomes } from '../to-columns.ts';
import { Nothing } from './numbers.tsx';

export const OUTCOME_LABELS: Record<OutcomeKey, string> = {
  bothAligned: 'aligned by DKIM and SPF',
  dkimOnly: 'DKIM only',
  spfOnly: 'SPF only',
  ownFailing: 'yours, failing',
  forwardedFailing: 'passed on, failing',
  otherFailing: 'not yours or unknown, failing',
  notStated: 'not stated',
};

interface OutcomeLegendProps {
  /** Which days the numbers are of. */
  days: string;
  /** null on a day without a report. */
  outcomes: Outcomes | null;
}

/** What the chart's colours and textures mean, with the numbers of the day under the pointer. */
export function OutcomeLegend({ days, outcomes }: OutcomeLegendProps) {
  return (
    <div class="legend">
      <p>
        <strong>{days}</strong>{' '}
        {outcomes === null ? 'no report' : formatQuantity(outcomes.messages, 'message')}
      </p>
      <ul>
        {OUTCOMES.filter((outcome) => always(outcome) || (outcomes?.[outcome] ?? 0) > 0).map(
          (outcome) => (
            <li key={outcome}>
              <span class={`swatch swatch-${outcome}`} aria-hidden="true" />
              {OUTCOME_LABELS[outcome]}
              <LegendNumber of={outcomes} count={outcomes?.[outcome] ?? 0} />
            </li>
          ),
        )}
        <li>
          <span class="swatch swatch-actedOn" aria-hidden="true" />
          quarantined or rejected
          <LegendNumber of={outcomes} count={outcomes?.actedOn ?? 0} />
        </li>
        <li>
          <span class="swatch swatch-gap" aria-hidden="true" />
          no report
        </li>
      </ul>
    </div>
  );
}

/** A report that says nothing of a check is rare enough not to be named where there is none. */
const always = (outcome: OutcomeKey): boolean => outcome !== 'notStated';

function LegendNumber({ of, count }: { of: Outcomes | null; count: number }) {
  if (of === null) return <Nothing words="no report" />;
  return (
    <span class="legend-number">
      {formatCount(count)} <span class="soft">{formatShare(count, of.messages)}</span>
    </span>
  );
}
