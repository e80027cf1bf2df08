import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';
import type { MailStream } from '../domain-mail.ts';
import { isSeldom } from '../seldom.ts';
import type { SourceName } from '../source-naming.ts';
import type { LateShare } from './late-shares.ts';
import type { Shapes } from './shapes.ts';

/** `streams`: those of one network, parted by commas, each as JSON of a `StreamSums`. */
type NetworkRow = [sourceRow: number, streams: string];

/** `place`: shape and timed in one number. Then the days of the range, ascending, and the messages of each. */
type StreamSums = [
  id: number,
  place: number,
  earliest: number | null,
  days: number[],
  messages: number[],
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

    const streamOf = (sums: StreamSums, network: SourceName): MailStream | null => {
      const [id, place, earliest] = sums;
      const lateDays = late.get(id);
      const known = daysOf(sums, lateDays);
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
      const [shape, timed] = [shapes(Math.floor(place / 2)), place % 2 === 1];
      return { id, network, shape, timed, firstDay, lastDay, days, messages, olderDays };
    };

    const streams: MailStream[] = [];
    for (const [sourceRow, text] of rows.all({ domain, from: start, at })) {
      const network = networks.get(sourceRow);
      if (network === undefined) throw new Error(`Source ${sourceRow} is not in the store.`);
      for (const sums of JSON.parse(`[${text}]`) as StreamSums[]) {
        const stream = streamOf(sums, network);
        if (stream !== null) streams.push(stream);
      }
    }
    return streams;
  };
}

function streamQueries(database: Connection) {
  // Written as JSON by SQLite and read by V8: a row for each day, or each stream, costs more than its sums.
  const rows = database
    .prepare<{ domain: number; from: number; at: number }, NetworkRow>(
      /* sql */ `
      SELECT t.source_id, group_concat(
        '[' || t.id || ',' || (t.shape_id * 2 + t.timed) || ',' || ifnull((
          SELECT min(s.day) FROM stream_day AS s
          WHERE s.stream_id = t.id AND s.day BETWEEN 0 AND @at
        ), 'null') || ',' || (
          SELECT json_group_array(s.day) || ',' || json_group_array(s.messages)
          FROM stream_day AS s WHERE s.stream_id = t.id AND s.day BETWEEN @from AND @at
        ) || ']', ','
      )
      FROM stream AS t WHERE t.policy_domain_id = @domain GROUP BY t.source_id
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
  [, , , days, messages]: StreamSums,
  late: ReadonlyMap<number, number> | undefined,
): Days {
  if (days.length === 0) return NO_DAYS;
  if (late === undefined) return { days, messages };
  const left: { days: number[]; messages: number[] } = { days: [], messages: [] };
  days.forEach((day, index) => {
    const sum = (messages[index] ?? 0) - (late.get(day) ?? 0);
    if (sum === 0) return;
    left.days.push(day);
    left.messages.push(sum);
  });
  return left;
}

function since(known: Days, from: number): Days {
  const { days, messages } = known;
  if ((days[0] ?? from) >= from) return known;
  const first = days.findIndex((day) => day >= from);
  if (first === -1) return NO_DAYS;
  return { days: days.slice(first), messages: messages.slice(first) };
}
