import type { Connection } from '../connection.ts';
import type { StreamAddresses } from '../domain-mail.ts';
import { dayAt, eachPlace, spanOf } from '../spans.ts';
import type { LateShare } from './late-shares.ts';

/** `sums`: as for `eachPlace`. */
type SpanRow = [span: number, sums: string];

/**
 * What each address sent in streams that are not aligned, by their own roll-up.
 * @param late what nobody could know of at the end of the day `to`
 */
export function createUnalignedAddresses(
  database: Connection,
): (
  streamIds: readonly number[],
  from: number,
  to: number,
  late: readonly LateShare[],
) => StreamAddresses[] {
  const rows = database
    .prepare<[streamId: number, first: number, last: number], SpanRow>(
      /* sql */ `
      SELECT span, group_concat(address_id || ' ' || days, ',') FROM unaligned_address
      WHERE stream_id = ? AND span BETWEEN ? AND ? GROUP BY span ORDER BY span
    `,
    )
    .raw();

  const ofStream = (
    streamId: number,
    from: number,
    to: number,
    late: ReadonlyMap<string, number>,
  ): StreamAddresses => {
    let known = newColumns();
    for (const [span, sums] of rows.all(streamId, spanOf(from), spanOf(to))) {
      const found = newColumns();
      let last = -1;
      let at = -1;
      eachPlace(sums, (addressId, place, sum) => {
        const day = dayAt(span, place);
        if (day < from || day > to) return;
        const less = late.size === 0 ? 0 : (late.get(keyOf({ streamId, addressId, day })) ?? 0);
        if (sum === less) return;
        if (addressId !== last) {
          at = found.addressIds.push((last = addressId)) - 1;
          found.messages.push(0);
          found.activeDays.push(0);
        }
        found.messages[at] = (found.messages[at] ?? 0) + sum - less;
        found.activeDays[at] = (found.activeDays[at] ?? 0) + 1;
      });
      known = known.addressIds.length === 0 ? found : merged(known, found);
    }
    return { streamId, ...known };
  };

  return (streamIds, from, to, lateShares) => {
    const late = lateSums(lateShares);
    return streamIds
      .map((streamId) => ofStream(streamId, from, to, late))
      .filter(({ addressIds }) => addressIds.length > 0);
  };
}

/** Of some days of one stream, addresses ascending, as they stand in a span. */
interface Columns {
  addressIds: number[];
  messages: number[];
  activeDays: number[];
}

const newColumns = (): Columns => ({ addressIds: [], messages: [], activeDays: [] });

/** The sums of two spans. */
function merged(a: Columns, b: Columns): Columns {
  const sums = newColumns();
  let [inA, inB] = [0, 0];
  while (inA < a.addressIds.length || inB < b.addressIds.length) {
    const [idA, idB] = [a.addressIds[inA] ?? Infinity, b.addressIds[inB] ?? Infinity];
    let [messages, activeDays] = [0, 0];
    if (idA <= idB) {
      messages += a.messages[inA] ?? 0;
      activeDays += a.activeDays[inA] ?? 0;
      inA += 1;
    }
    if (idB <= idA) {
      messages += b.messages[inB] ?? 0;
      activeDays += b.activeDays[inB] ?? 0;
      inB += 1;
    }
    sums.addressIds.push(Math.min(idA, idB));
    sums.messages.push(messages);
    sums.activeDays.push(activeDays);
  }
  return sums;
}

type Place = Pick<LateShare, 'streamId' | 'addressId' | 'day'>;

const keyOf = ({ streamId, addressId, day }: Place): string => `${streamId} ${addressId} ${day}`;

function lateSums(shares: readonly LateShare[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const share of shares) {
    const key = keyOf(share);
    sums.set(key, (sums.get(key) ?? 0) + share.messages);
  }
  return sums;
}
