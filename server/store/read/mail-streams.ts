import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';
import type { MailStream } from '../domain-mail.ts';
import { eachPair, pairsIn } from '../reported.ts';
import { isSeldom } from '../seldom.ts';
import type { SourceName } from '../source-naming.ts';
import type { LateShare } from './late-shares.ts';
import type { Shapes } from './shapes.ts';

/**
 * `sums`: the days of the range, counted from its first, with their messages: '0 12 1 9'; null without
 * any. Short numbers: making texts of them is most of the work. (Numbers are bound as REAL.)
 */
type StreamRow = [
  id: number,
  sourceRow: number,
  shapeId: number,
  timed: 0 | 1,
  earliest: number | null,
  sums: string | null,
];

/** Days with any message, ascending, and the messages of each. */
interface Days {
  days: readonly number[];
  messages: readonly number[];
}

/** The streams of one domain up to the day `at`, without what became known only later. */
export function createMailStreams(database: Connection, shapes: Shapes) {
  const { rows, daysBefore, undated } = streamQueries(database);

  return (
    domain: number,
    from: number,
    at: number,
    networks: ReadonlyMap<number, SourceName>,
    lateShares: readonly LateShare[],
  ): MailStream[] => {
    const late = byStream(lateShares);
    const start = startOf(from, lateShares);

    const streamOf = (row: StreamRow): MailStream | null => {
      const [id, sourceRow, shapeId, timed, earliest, sums] = row;
      const lateDays = late.get(id);
      const known = daysOf(sums, start, lateDays);
      const { days, messages } = since(known, from);
      const hasOlder = earliest !== null && earliest < from;
      const olderDays =
        hasOlder && isSeldom(days, at)
          ? [...daysBefore.all(id, start), ...known.days.filter((day) => day < from)]
          : NONE;
      const firstDay = earliest !== null && earliest < start ? earliest : firstDated(known.days);
      const undatedLate = lateDays?.get(WITHOUT_A_DAY) ?? 0;
      if (firstDay === null && (undated.get(id, WITHOUT_A_DAY) ?? 0) <= undatedLate) return null;
      const lastDay = lastDated(days) ?? olderDays.at(-1) ?? null;
      const network = networks.get(sourceRow);
      if (network === undefined) throw new Error(`Source ${sourceRow} is not in the store.`);
      const [shape, tells] = [shapes(shapeId), timed === 1];
      return { id, network, shape, timed: tells, firstDay, lastDay, days, messages, olderDays };
    };

    const streams: MailStream[] = [];
    for (const row of rows.all({ domain, from: start, at })) {
      const stream = streamOf(row);
      if (stream !== null) streams.push(stream);
    }
    return streams;
  };
}

function streamQueries(database: Connection) {
  const rows = database
    .prepare<{ domain: number; from: number; at: number }, StreamRow>(
      /* sql */ `
      SELECT t.id, t.source_id, t.shape_id, t.timed, (
        SELECT min(s.day) FROM stream_day AS s
        WHERE s.stream_id = t.id AND s.day BETWEEN 0 AND @at
      ), (
        SELECT group_concat(sum, ' ') FROM (
          SELECT (s.day - CAST(@from AS INTEGER)) || ' ' || s.messages AS sum FROM stream_day AS s
          WHERE s.stream_id = t.id AND s.day BETWEEN @from AND @at ORDER BY s.day
        )
      )
      FROM stream AS t WHERE t.policy_domain_id = @domain
    `,
    )
    .raw();
  const daysBefore = database
    .prepare<[streamId: number, before: number], number>(
      'SELECT day FROM stream_day WHERE stream_id = ? AND day >= 0 AND day < ? ORDER BY day',
    )
    .pluck();
  const undated = database
    .prepare<[streamId: number, day: number], number>(
      'SELECT messages FROM stream_day WHERE stream_id = ? AND day = ?',
    )
    .pluck();
  return { rows, daysBefore, undated };
}

/** Days are read from here on, so that all that late shares touch is among them. */
const startOf = (from: number, lateShares: readonly LateShare[]): number =>
  lateShares.reduce((first, { day }) => (day < 0 ? first : Math.min(first, day)), from);

/** Shared: most streams have no older days. */
const NONE: readonly number[] = [];
const NO_DAYS: Days = { days: NONE, messages: NONE };

const firstDated = (days: readonly number[]): number | null =>
  days.find((day) => day !== WITHOUT_A_DAY) ?? null;

const lastDated = (days: readonly number[]): number | null => {
  const last = days.at(-1);
  return last === undefined || last === WITHOUT_A_DAY ? null : last;
};

function byStream(shares: readonly LateShare[]): Map<number, Map<number, number>> {
  const streams = new Map<number, Map<number, number>>();
  for (const { streamId, day, messages } of shares) {
    let days = streams.get(streamId);
    if (days === undefined) streams.set(streamId, (days = new Map<number, number>()));
    days.set(day, (days.get(day) ?? 0) + messages);
  }
  return streams;
}

/** The days of one stream, without late messages. */
function daysOf(
  sums: string | null,
  start: number,
  late: ReadonlyMap<number, number> | undefined,
): Days {
  if (sums === null) return NO_DAYS;
  // Of the right length from the start: there are many, and they are kept.
  const count = pairsIn(sums);
  const days = new Array<number>(count);
  const messages = new Array<number>(count);
  let at = 0;
  eachPair(sums, (place, sum) => {
    const day = start + place;
    const left = late === undefined ? sum : sum - (late.get(day) ?? 0);
    if (left === 0) return;
    days[at] = day;
    messages[at] = left;
    at += 1;
  });
  return at === count
    ? { days, messages }
    : { days: days.slice(0, at), messages: messages.slice(0, at) };
}

function since(known: Days, from: number): Days {
  const { days, messages } = known;
  if ((days[0] ?? from) >= from) return known;
  const first = days.findIndex((day) => day >= from);
  if (first === -1) return NO_DAYS;
  return { days: days.slice(first), messages: messages.slice(first) };
}
