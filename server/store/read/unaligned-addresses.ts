import type { Connection } from '../connection.ts';
import type { StreamAddress } from '../domain-mail.ts';
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
) => StreamAddress[] {
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
  ): readonly StreamAddress[] => {
    let known = NONE;
    for (const [span, sums] of rows.all(streamId, spanOf(from), spanOf(to))) {
      const find = finder(known);
      const added: StreamAddress[] = [];
      let last: StreamAddress | null = null;
      eachPlace(sums, (addressId, place, sum) => {
        const day = dayAt(span, place);
        if (day < from || day > to) return;
        const less = late.size === 0 ? 0 : (late.get(keyOf({ streamId, addressId, day })) ?? 0);
        if (sum === less) return;
        if (last?.addressId !== addressId) {
          last = find(addressId);
          if (last === null)
            added.push((last = { streamId, addressId, messages: 0, activeDays: 0 }));
        }
        last.messages += sum - less;
        last.activeDays += 1;
      });
      known = known.length === 0 ? added : [...known, ...added].sort(byAddress);
    }
    return known;
  };

  return (streamIds, from, to, lateShares) => {
    const late = lateSums(lateShares);
    return streamIds.flatMap((streamId) => ofStream(streamId, from, to, late));
  };
}

const NONE: readonly StreamAddress[] = [];

const byAddress = (a: StreamAddress, b: StreamAddress): number => a.addressId - b.addressId;

/** Looks up addresses in an ascending list, asked for in ascending order: as they stand in a span. */
function finder(known: readonly StreamAddress[]): (addressId: number) => StreamAddress | null {
  let at = 0;
  return (addressId) => {
    while ((known[at]?.addressId ?? Infinity) < addressId) at += 1;
    const one = known[at];
    return one?.addressId === addressId ? one : null;
  };
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
