import type { Profile } from '../../../ingest/report.ts';
import type { DomainMail, MailStream } from '../../store/domain-mail.ts';
import type { AlignmentModes } from '../alignment.ts';
import type { ClassifiedSource } from '../classified.ts';
import type { ClassSums } from '../verdict-types.ts';
import { type Judged, judgedOf, passesBySpfAlone, wasActedOn } from './evaluated.ts';

/**
 * What is counted of a source on a day. Aligned, failed and not judged add up to its messages; timed
 * are those of reports that tell of a day.
 */
const COLUMNS = [
  'aligned',
  'failed',
  'notJudged',
  'dkimAligned',
  'spfAligned',
  'spfAlone',
  'acted',
  'timed',
  'timedAligned',
] as const;
export type Column = (typeof COLUMNS)[number];
const PLACE = Object.fromEntries(COLUMNS.map((name, place) => [name, place])) as Record<
  Column,
  number
>;

export interface Days {
  from: number;
  to: number;
}

/** The mail of one source by day, of the streams that were asked for. */
export interface SourceDays {
  source: ClassifiedSource;
  /** Streams that were counted: indexes into `DomainMail.streams`. */
  streams: readonly number[];
  /** First day of every count. */
  from: number;
  to: number;
  /** Day by day, one count a column. */
  counts: Float64Array;
}

/**
 * Sums by source and day over the days of `mail` on which it is active; sources without a wanted stream
 * are left out.
 */
export function sourceDays(
  mail: DomainMail,
  sources: readonly ClassifiedSource[],
  modes: AlignmentModes,
  wanted: 'all' | ((stream: MailStream) => boolean),
): SourceDays[] {
  const found: SourceDays[] = [];
  const placesOf = placeReader(modes);
  for (const source of sources) {
    const streams =
      wanted === 'all'
        ? source.streams
        : source.streams.filter((index) => {
            const stream = mail.streams[index];
            return stream !== undefined && wanted(stream);
          });
    if (streams.length === 0) continue;
    // Many sources are of a day or two: each has room for its own days alone.
    let [from, to] = [mail.at, mail.at - 1];
    for (const index of streams) {
      const days = mail.streams[index]?.days ?? [];
      from = Math.min(from, days[0] ?? from);
      to = Math.max(to, days.at(-1) ?? to);
    }
    const counts = new Float64Array(Math.max(0, to - from + 1) * COLUMNS.length);
    for (const index of streams) {
      const stream = mail.streams[index];
      if (stream !== undefined) addStream(counts, from, stream, placesOf(stream));
    }
    found.push({ source, streams, from, to, counts });
  }
  return found;
}

function addStream(
  counts: Float64Array,
  from: number,
  { days, messages }: MailStream,
  places: readonly number[],
): void {
  for (let index = 0; index < days.length; index += 1) {
    const atDay = ((days[index] ?? from) - from) * COLUMNS.length;
    const more = messages[index] ?? 0;
    for (const place of places) counts[atDay + place] = (counts[atDay + place] ?? 0) + more;
  }
}

/** The columns that mail of a stream counts in. A shape is looked at once, however many streams have it. */
function placeReader(modes: AlignmentModes): (stream: MailStream) => readonly number[] {
  const known = { timed: new Map<Profile, number[]>(), untimed: new Map<Profile, number[]>() };
  return ({ shape, timed }) => {
    const places = timed ? known.timed : known.untimed;
    let found = places.get(shape);
    if (found === undefined)
      places.set(shape, (found = placesOf(shape, timed, judgedOf(shape, modes))));
    return found;
  };
}

function placesOf(shape: Profile, timed: boolean, judged: Judged): number[] {
  const places = [PLACE[judged === 'not-judged' ? 'notJudged' : judged]];
  if (shape.policyEvaluated.dkimAligned === true) places.push(PLACE.dkimAligned);
  if (shape.policyEvaluated.spfAligned === true) places.push(PLACE.spfAligned);
  if (passesBySpfAlone(shape)) places.push(PLACE.spfAlone);
  if (judged === 'failed' && wasActedOn(shape)) places.push(PLACE.acted);
  if (timed) places.push(PLACE.timed);
  if (timed && judged === 'aligned') places.push(PLACE.timedAligned);
  return places;
}

export function sumOf(days: SourceDays, column: Column, { from, to }: Days): number {
  const { counts } = days;
  const first = Math.max(from, days.from) - days.from;
  const end = (Math.min(to, days.to) - days.from) * COLUMNS.length + PLACE[column];
  let sum = 0;
  for (let at = first * COLUMNS.length + PLACE[column]; at <= end; at += COLUMNS.length)
    sum += counts[at] ?? 0;
  return sum;
}

export function sumOver(sources: readonly SourceDays[], column: Column, days: Days): number {
  return sources.reduce((sum, source) => sum + sumOf(source, column, days), 0);
}

/** Passing and failing messages: what every rate is of. */
export function judgedIn(source: SourceDays, days: Days): number {
  return sumOf(source, 'aligned', days) + sumOf(source, 'failed', days);
}

export function messagesIn(source: SourceDays, days: Days): number {
  return judgedIn(source, days) + sumOf(source, 'notJudged', days);
}

/** Days within `days` on which the column holds anything, ascending. */
export function daysWith(source: SourceDays, column: Column, { from, to }: Days): number[] {
  const found: number[] = [];
  const { counts } = source;
  for (let day = Math.max(from, source.from); day <= Math.min(to, source.to); day += 1)
    if ((counts[(day - source.from) * COLUMNS.length + PLACE[column]] ?? 0) > 0) found.push(day);
  return found;
}

export function classSums(sources: readonly SourceDays[], days: Days): ClassSums {
  return {
    messages: sources.reduce((sum, source) => sum + messagesIn(source, days), 0),
    dmarcAligned: sumOver(sources, 'aligned', days),
    dkimAligned: sumOver(sources, 'dkimAligned', days),
    spfAligned: sumOver(sources, 'spfAligned', days),
  };
}

/** Those of the class, in the order of the classification. */
export function ofClass(
  sources: readonly SourceDays[],
  name: ClassifiedSource['class'],
): SourceDays[] {
  return sources.filter(({ source }) => source.class === name);
}
