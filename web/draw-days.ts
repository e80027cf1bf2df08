import { type DayColumns, OUTCOMES, type OutcomeKey } from './to-columns.ts';

/** Colours as the canvas takes them; their names are tokens of styles/tokens.css. */
export type Palette = Record<(typeof PALETTE_TOKENS)[number], string>;
export const PALETTE_TOKENS = [
  'both-aligned',
  'dkim-only',
  'spf-only',
  'spf-only-hatch',
  'own-failing',
  'forwarded',
  'neither',
  'neither-hatch',
  'not-stated',
  'not-stated-dot',
  'gap',
  'text',
  'muted',
  'line',
  'background',
] as const;

/** Where days and counts lie on the canvas, in its own pixels. */
export interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
  pixelRatio: number;
  xOf: (seconds: number) => number;
  yOf: (messages: number) => number;
}

const WIDEST_BAR = 44;
const HALF_DAY_SECONDS = 43_200;
/** Segments lower than this keep their size: a separating line would swallow them. */
const SEPARATED_FROM = 4;

/** Paints a stacked bar for each day, and a shaded band where no report came. */
export function drawDays(
  context: CanvasRenderingContext2D,
  columns: DayColumns,
  plot: Plot,
  palette: Palette,
): void {
  const fills = fillsOf(context, palette, plot.pixelRatio);
  context.save();
  columns.seconds.forEach((seconds, place) => {
    const slot = slotOf(seconds, plot);
    if (columns.tops[0]?.[place] === null) {
      context.fillStyle = palette.gap;
      context.fillRect(slot.left, plot.top, slot.width, plot.height);
      return;
    }
    drawStack(context, columns, place, { ...plot, ...barOf(slot, plot.pixelRatio) }, fills);
    drawActedOn(context, columns, place, { ...plot, ...barOf(slot, plot.pixelRatio) }, palette);
  });
  context.restore();
}

/** A thin line through each day on which something changed. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  seconds: readonly number[],
  plot: Plot,
  palette: Palette,
): void {
  const width = Math.max(1, Math.round(plot.pixelRatio));
  context.save();
  context.fillStyle = palette.text;
  context.globalAlpha = 0.55;
  for (const moment of seconds) {
    context.fillRect(Math.round(plot.xOf(moment)), plot.top, width, plot.height);
  }
  context.restore();
}

interface Slot {
  left: number;
  width: number;
}

function slotOf(seconds: number, plot: Plot): Slot {
  const left = Math.round(plot.xOf(seconds - HALF_DAY_SECONDS));
  return { left, width: Math.round(plot.xOf(seconds + HALF_DAY_SECONDS)) - left };
}

function barOf(slot: Slot, pixelRatio: number): Slot {
  const width = Math.max(1, Math.round(Math.min(slot.width * 0.78, WIDEST_BAR * pixelRatio)));
  return { left: slot.left + Math.round((slot.width - width) / 2), width };
}

type Fills = Record<OutcomeKey, string | CanvasPattern>;

function drawStack(
  context: CanvasRenderingContext2D,
  columns: DayColumns,
  place: number,
  bar: Plot,
  fills: Fills,
): void {
  let lowerCount = 0;
  let lower = bar.yOf(0);
  OUTCOMES.forEach((outcome, level) => {
    const count = columns.tops[level]?.[place] ?? lowerCount;
    if (count <= lowerCount) return;
    // A single message among thousands is still there to be seen.
    const upper = Math.min(Math.round(bar.yOf(count)), Math.round(lower) - 1);
    const height = Math.round(lower) - upper;
    const separator = height >= SEPARATED_FROM * bar.pixelRatio && level > 0 ? bar.pixelRatio : 0;
    context.fillStyle = fills[outcome];
    context.fillRect(bar.left, upper, bar.width, height - separator);
    lower = upper;
    lowerCount = count;
  });
}

/** A dark edge around that part of the unaligned messages which receivers did not deliver. */
function drawActedOn(
  context: CanvasRenderingContext2D,
  columns: DayColumns,
  place: number,
  bar: Plot,
  palette: Palette,
): void {
  const actedOn = columns.actedOn[place] ?? 0;
  const top = columns.tops[OUTCOMES.indexOf('otherFailing')]?.[place] ?? 0;
  if (actedOn === 0) return;
  const line = Math.max(1, Math.round(1.5 * bar.pixelRatio));
  const upper = Math.round(bar.yOf(top));
  const height = Math.max(line * 2, Math.round(bar.yOf(Math.max(0, top - actedOn))) - upper);
  context.strokeStyle = palette.text;
  context.lineWidth = line;
  context.strokeRect(bar.left + line / 2, upper + line / 2, bar.width - line, height - line);
}

function fillsOf(context: CanvasRenderingContext2D, palette: Palette, ratio: number): Fills {
  return {
    bothAligned: palette['both-aligned'],
    dkimOnly: palette['dkim-only'],
    spfOnly: textured(context, palette['spf-only'], palette['spf-only-hatch'], ratio, 'rising'),
    ownFailing: palette['own-failing'],
    forwardedFailing: palette.forwarded,
    otherFailing: textured(context, palette.neither, palette['neither-hatch'], ratio, 'falling'),
    notStated: textured(context, palette['not-stated'], palette['not-stated-dot'], ratio, 'dots'),
  };
}

function textured(
  context: CanvasRenderingContext2D,
  ground: string,
  mark: string,
  ratio: number,
  texture: 'rising' | 'falling' | 'dots',
): string | CanvasPattern {
  const size = Math.round(6 * ratio);
  const tile = new OffscreenCanvas(size, size);
  const paint = tile.getContext('2d');
  if (paint === null) return ground;
  paint.fillStyle = ground;
  paint.fillRect(0, 0, size, size);
  paint.fillStyle = mark;
  paint.strokeStyle = mark;
  paint.lineWidth = 1.4 * ratio;
  if (texture === 'dots') paint.fillRect(size / 3, size / 3, size / 3, size / 3);
  else strokeDiagonals(paint, size, texture === 'rising' ? 1 : -1);
  return context.createPattern(tile, 'repeat') ?? ground;
}

/** Three strokes, so that the tile meets its neighbours without a seam. */
function strokeDiagonals(
  paint: OffscreenCanvasRenderingContext2D,
  size: number,
  direction: 1 | -1,
): void {
  for (const offset of [-size, 0, size]) {
    paint.beginPath();
    paint.moveTo(offset - size, direction === 1 ? size * 2 : -size);
    paint.lineTo(offset + size * 2, direction === 1 ? -size : size * 2);
    paint.stroke();
  }
}
