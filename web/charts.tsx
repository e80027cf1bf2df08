import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { ChartMarks, type Mark } from './chart-marks.tsx';
import { PALETTE_TOKENS, type Palette, drawDays, drawMarks } from './draw-days.ts';
import { formatCount, formatDay } from './format.ts';
import { type Period, dayOf, daySeconds } from './period.ts';
import { paletteVersion } from './theme.ts';
import { type DayColumns, labelledPlaces } from './to-columns.ts';

const HEIGHT = 260;
const HALF_DAY_SECONDS = 43_200;
/** Narrower than this, a drag was a click that slipped. */
const SHORTEST_BRUSH_PIXELS = 6;
const LABEL_PIXELS = 76;

interface DaysChartProps {
  columns: DayColumns;
  /** What the picture shows, for those who do not see it. */
  label: string;
  /** Days on which something changed. */
  marks: readonly Mark[];
  /** Called with the days over which the reader dragged. */
  onBrush: (period: Period) => void;
  /** Place of the day under the pointer, or null. */
  onHover: (place: number | null) => void;
}

/** Messages a day, stacked by outcome. The only place that knows uPlot. */
export function DaysChart({ columns, label, marks, onBrush, onHover }: DaysChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const palette = paletteVersion.value;
  const [places, setPlaces] = useState<Places>({ xs: [], width: 0 });
  const handlers = useRef({ onBrush, onHover });
  handlers.current = { onBrush, onHover };

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const plot = new uPlot(
      optionsOf(
        { columns, marks, setPlaces },
        readPalette(element),
        element.clientWidth,
        handlers.current,
      ),
      [columns.seconds, columns.tops.at(-1) ?? []],
      element,
    );
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [columns, marks, palette]);

  return (
    <div>
      <ChartMarks marks={marks} xs={places.xs} width={places.width} />
      <div class="days-chart" ref={frame} role="img" aria-label={label} />
    </div>
  );
}

/** Where the marks lie over the chart, in pixels of the page. */
interface Places {
  xs: number[];
  width: number;
}

interface Shown {
  columns: DayColumns;
  marks: readonly Mark[];
  setPlaces: (places: Places) => void;
}

function optionsOf(
  { columns, marks, setPlaces }: Shown,
  palette: Palette,
  width: number,
  { onBrush, onHover }: Pick<DaysChartProps, 'onBrush' | 'onHover'>,
): uPlot.Options {
  const first = columns.seconds[0] ?? 0;
  const last = columns.seconds.at(-1) ?? first;
  const moments = marks.map(({ day }) => daySeconds(day));
  return {
    width,
    height: HEIGHT,
    padding: [8, LABEL_PIXELS / 3, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
    },
    scales: {
      x: { time: false, range: [first - HALF_DAY_SECONDS, last + HALF_DAY_SECONDS] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.04)] },
    },
    // The bars are painted by `draw`; the series is there for the scale and the pointer.
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [dayAxis(columns, palette), countAxis(palette)],
    hooks: {
      draw: [
        (plot) => {
          drawDays(plot.ctx, columns, plotOf(plot), palette);
          drawMarks(plot.ctx, moments, plotOf(plot), palette);
          setPlaces(placesOf(plot, moments));
        },
      ],
      setCursor: [(plot) => onHover(plot.cursor.idx ?? null)],
      setSelect: [(plot) => brushed(plot, columns, onBrush)],
    },
  };
}

const axisFont = '12px system-ui, sans-serif';

function dayAxis(columns: DayColumns, palette: Palette): uPlot.Axis {
  return {
    stroke: palette.muted,
    font: axisFont,
    grid: { show: false },
    ticks: { stroke: palette.line, width: 1, size: 4 },
    size: 32,
    splits: (plot) =>
      labelledPlaces(columns.days.length, Math.max(2, Math.floor(plot.width / LABEL_PIXELS))).map(
        (place) => columns.seconds[place] ?? 0,
      ),
    values: (_, splits) => splits.map((seconds) => formatDay(dayOf(seconds))),
  };
}

function countAxis(palette: Palette): uPlot.Axis {
  return {
    stroke: palette.muted,
    font: axisFont,
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
    // Messages come whole: no step below one.
    incrs: Array.from({ length: 10 }, (_, power) =>
      [1, 2, 5].map((step) => step * 10 ** power),
    ).flat(),
    // The first call comes before there are values, which uPlot's types do not say.
    size: (_, values: string[] | null) =>
      14 + 8 * Math.max(0, ...(values ?? []).map((value) => value.length)),
    values: (_, splits) => splits.map((count) => formatCount(count)),
  };
}

const placesOf = (plot: uPlot, moments: readonly number[]): Places => ({
  xs: moments.map((seconds) => plot.bbox.left / devicePixelRatio + plot.valToPos(seconds, 'x')),
  width: plot.width,
});

function plotOf(plot: uPlot) {
  return {
    ...plot.bbox,
    pixelRatio: devicePixelRatio,
    xOf: (seconds: number) => plot.valToPos(seconds, 'x', true),
    yOf: (messages: number) => plot.valToPos(messages, 'y', true),
  };
}

function brushed(plot: uPlot, columns: DayColumns, onBrush: (period: Period) => void): void {
  const { left, width } = plot.select;
  if (width < SHORTEST_BRUSH_PIXELS) return;
  const from = columns.days[plot.posToIdx(left)];
  const to = columns.days[plot.posToIdx(left + width)];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (from !== undefined && to !== undefined) onBrush({ from, to });
}

/** A canvas does not understand `light-dark()`, so the browser resolves it on an element first. */
function readPalette(parent: HTMLElement): Palette {
  const probe = parent.appendChild(document.createElement('span'));
  const entries = PALETTE_TOKENS.map((token): [keyof Palette, string] => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries) as Palette;
}
