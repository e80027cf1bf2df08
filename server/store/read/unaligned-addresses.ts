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
    let [streamAt, known] = [-1, NONE];
    for (const [streamId, span, sums] of rows.all({ ids, spans })) {
      if (streamId !== streamAt) [streamAt, known] = [streamId, NONE];
      if (sums === null) continue;
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
      for (const one of added) addresses.push(one);
      known = known.length === 0 ? added : [...known, ...added].sort(byAddress);
    }
    return addresses;
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
