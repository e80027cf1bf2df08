import { useId, useRef } from 'preact/hooks';
import { formatDay } from './format.ts';
import { markLevels } from './mark-levels.ts';
import { placeUnder } from './parts/place-under.ts';

/** A day on which one or several things changed. */
export interface Mark {
  day: string;
  /** A few words. */
  label: string;
  /** A sentence for each thing. */
  texts: readonly string[];
  compareHref: string;
}

interface ChartMarksProps {
  marks: readonly Mark[];
  /** Where each mark's line is, in pixels from the left of the chart. */
  xs: readonly number[];
  width: number;
}

const LINES = 3;
const CHARACTER_PIXELS = 7;
const WIDEST_PIXELS = 170;
const PADDING_PIXELS = 16;

const widthOf = ({ label }: Mark): number =>
  Math.min(WIDEST_PIXELS, label.length * CHARACTER_PIXELS + PADDING_PIXELS);

/** Labels of the lines that stand for changes; each opens what happened on its day. */
export function ChartMarks({ marks, xs, width }: ChartMarksProps) {
  if (xs.length !== marks.length || marks.length === 0) return null;
  const lefts = marks.map((mark, place) => Math.min(xs[place] ?? 0, width - widthOf(mark)));
  const levels = markLevels(
    marks.map((mark, place) => ({ x: lefts[place] ?? 0, width: widthOf(mark) })),
    LINES,
  );
  const used = Math.max(0, ...levels.map((level) => (level ?? 0) + 1));
  return (
    <div class={`mark-labels mark-labels-${used}`} role="group" aria-label="Changes">
      {marks.map((mark, place) => (
        <MarkLabel
          key={mark.day}
          mark={mark}
          x={xs[place] ?? 0}
          left={(levels[place] ?? null) === null ? (xs[place] ?? 0) - 11 : (lefts[place] ?? 0)}
          level={levels[place] ?? null}
        />
      ))}
    </div>
  );
}

const LINE_PIXELS = 24;
const LABEL_HEIGHT_PIXELS = 22;

interface MarkLabelProps {
  mark: Mark;
  /** Of its line. */
  x: number;
  left: number;
  /** null: no room for words. */
  level: number | null;
}

function MarkLabel({ mark, x, left, level }: MarkLabelProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      {level !== null && (
        <span
          class="mark-stem"
          aria-hidden="true"
          style={{ left: `${x}px`, height: `${level * LINE_PIXELS + LABEL_HEIGHT_PIXELS}px` }}
        />
      )}
      <button
        type="button"
        ref={button}
        class={level === null ? 'mark mark-bare' : 'mark'}
        popovertarget={id}
        aria-label={`${formatDay(mark.day)}: ${mark.label}`}
        style={{ left: `${left}px`, bottom: `${(level ?? 0) * LINE_PIXELS}px` }}
      >
        {level === null ? '▾' : mark.label}
      </button>
      <span
        id={id}
        popover="auto"
        class="explanation"
        role="note"
        onToggle={(event) => placeUnder(event.currentTarget, button.current)}
      >
        <strong>{formatDay(mark.day, 'with-year')}</strong>
        {mark.texts.map((text) => (
          <span class="mark-text" key={text}>
            {text}
          </span>
        ))}
        <a href={mark.compareHref}>Compare before and after</a>
      </span>
    </>
  );
}
