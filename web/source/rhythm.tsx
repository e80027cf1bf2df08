import type { DaysResponse, SourceDetailResponse } from '../../server/api/contract-sources.ts';
import { sayRhythm } from '../endpoints-insight.ts';
import { textOf } from '../form-text.ts';
import { formatDay, formatPeriod } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { Show } from '../parts/show.tsx';
import { useAction } from '../use-action.ts';
import type { Loaded } from '../use-resource.ts';
import { rhythmCells, type RhythmCell, rhythmWords } from './rhythm-cells.ts';

interface RhythmProps {
  domain: string;
  detail: SourceDetailResponse | null;
  days: Loaded<DaysResponse>;
}

/** On which days a source sends, and how often it may be expected. */
export function Rhythm({ domain, detail, days }: RhythmProps) {
  return (
    <section aria-labelledby="rhythm">
      <h2 id="rhythm">Rhythm</h2>
      <Show of={days} room="line">
        {(answer) => {
          const cells = rhythmCells(answer.days);
          return (
            <>
              <p>{rhythmWords(cells, detail?.everyDays ?? null).join(' ')}</p>
              <Strip
                own={detail?.source.class === 'own'}
                cells={cells}
                label={`Days with mail, ${formatPeriod(answer.range.from, answer.range.to)}; the numbers are in the table of days below.`}
              />
            </>
          );
        }}
      </Show>
      {detail !== null && <SayRhythm domain={domain} id={detail.source.id} />}
    </section>
  );
}

const HEIGHT = 40;

interface StripProps {
  /** Only one's own failing mail is red. */
  own: boolean;
  cells: readonly RhythmCell[];
  label: string;
}

/** A bar a day; its height is the share of the busiest day, and a gap is an empty frame. */
function Strip({ own, cells, label }: StripProps) {
  return (
    <svg
      class="rhythm"
      viewBox={`0 0 ${Math.max(1, cells.length) * 10} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {cells.map(({ day, state, share }, place) => {
        const height =
          state === 'none' ? 3 : state === 'gap' ? HEIGHT - 2 : 8 + share * (HEIGHT - 8);
        return (
          <rect
            key={day}
            class={state === 'failing' && !own ? 'rhythm-others' : `rhythm-${state}`}
            x={place * 10 + 1}
            y={HEIGHT - height - (state === 'gap' ? 1 : 0)}
            width="8"
            height={height}
          >
            <title>{`${formatDay(day)}: ${STATE_WORDS[state]}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

const STATE_WORDS: Record<RhythmCell['state'], string> = {
  gap: 'no report',
  none: 'no mail',
  aligned: 'all aligned',
  failing: 'some not aligned',
};

function SayRhythm({ domain, id }: { domain: string; id: string }) {
  const { busy, error, say } = useAction();
  return (
    <details>
      <summary>Say how often it sends</summary>
      <form
        class="row-form"
        onSubmit={(event) => {
          event.preventDefault();
          const said = Number(textOf(new FormData(event.currentTarget), 'days'));
          say(sayRhythm(domain, id, { everyDays: said === 0 ? null : said }));
        }}
      >
        <label>
          Longest pause between its mails, in days; 0 takes it back
          <input name="days" type="number" required min={0} max={400} step={1} />
        </label>
        <button type="submit" disabled={busy}>
          Say so
        </button>
        <ActionError error={error} />
      </form>
    </details>
  );
}
