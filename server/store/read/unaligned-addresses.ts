import type { Connection } from '../connection.ts';
import type { StreamAddress } from '../domain-mail.ts';
import { dayAt, eachPlace, spanOf } from '../spans.ts';
import type { LateShare } from './late-shares.ts';

/** `sums`: as for `eachPlace`; null without any. */
type SpanRow = [streamId: number, span: number, sums: string | null];

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
    .prepare<{ ids: string; spans: string }, SpanRow>(
      /* sql */ `
      SELECT j.value, p.value, (
        SELECT group_concat(u.address_id || ' ' || u.days, ',') FROM unaligned_address AS u
        WHERE u.stream_id = j.value AND u.span = p.value
      )
      FROM json_each(@ids) AS j CROSS JOIN json_each(@spans) AS p
    `,
    )
    .raw();
  return (streamIds, from, to, lateShares) => {
    const late = lateSums(lateShares);
    const [ids, spans] = [JSON.stringify(streamIds), JSON.stringify(spansOf(from, to))];
    const addresses: StreamAddress[] = [];
    let ofStream = new Map<number, StreamAddress>();
    let last: StreamAddress | undefined;
    for (const [streamId, span, sums] of rows.all({ ids, spans })) {
      if (streamId !== last?.streamId) ofStream = new Map();
      eachPlace(sums ?? '', (addressId, place, sum) => {
        const day = dayAt(span, place);
        if (day < from || day > to) return;
        const less = late.size === 0 ? 0 : (late.get(keyOf({ streamId, addressId, day })) ?? 0);
        if (sum === less) return;
        let one = last?.addressId === addressId && last.streamId === streamId ? last : undefined;
        one ??= ofStream.get(addressId);
        if (one === undefined) {
          one = { streamId, addressId, messages: 0, activeDays: 0 };
          ofStream.set(addressId, one);
          addresses.push(one);
        }
        one.messages += sum - less;
        one.activeDays += 1;
        last = one;
      });
    }
    return addresses;
  };
}

const spansOf = (from: number, to: number): number[] =>
  Array.from({ length: spanOf(to) - spanOf(from) + 1 }, (_, place) => spanOf(from) + place);

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
