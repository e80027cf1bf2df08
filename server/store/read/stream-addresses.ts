import { addToTally, emptyTally, isAlignedFacet, type Tally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';
import { addressesByStream, type StreamAddress, type StreamAddresses } from '../domain-mail.ts';
import { eachPair } from '../reported.ts';
import type { AddressSummary } from '../store.ts';
import { byNetwork, type ChosenStream, createChosenStreams, domainsOf } from './chosen-streams.ts';
import { createLateShares, type LateShare } from './late-shares.ts';
import { byMessages } from './tallies.ts';
import { createUnalignedAddresses } from './unaligned-addresses.ts';

/** `sums`: shape and timed in one number, then messages, for each day: '24 3 25 1'; null without any. */
type AddressRow = [addressId: number, sums: string | null];

interface StreamSum {
  stream: ChosenStream;
  messages: number;
}

/** Calls back for every address, with a sum for each stream and day. */
type EachAddress = (
  streams: readonly ChosenStream[],
  from: number,
  to: number,
  found: (addressId: number, sums: readonly StreamSum[]) => void,
) => void;

/** What each address sent in some streams: of unaligned ones by their roll-up, of others by the base. */
export function createStreamAddresses(database: Connection) {
  const chosenStreams = createChosenStreams(database);
  const eachAddress = createEachAddress(database);
  const lateShares = createLateShares(database);
  const unalignedAddresses = createUnalignedAddresses(database);
  const withoutLate = createWithoutLate(database);

  const sourceIpOf = database
    .prepare<[id: number], string>('SELECT source_ip FROM address WHERE id = ?')
    .pluck();

  /** Of all reports that count, whenever they ended, or without what became known later. */
  const addressesOf = (
    streams: readonly ChosenStream[],
    from: number,
    to: number,
    late: readonly LateShare[],
  ): StreamAddresses[] => {
    const addresses: StreamAddress[] = [];
    const aligned = streams.filter(({ facet }) => isAlignedFacet(facet));
    eachAddress(aligned, from, to, (addressId, sums) => {
      const byStream = new Map<number, StreamAddress>();
      for (const { stream, messages } of sums) {
        const known = byStream.get(stream.id);
        if (known === undefined) {
          const address = { streamId: stream.id, addressId, messages, activeDays: 1 };
          byStream.set(stream.id, address);
          addresses.push(address);
        } else {
          known.messages += messages;
          known.activeDays += 1;
        }
      }
    });
    const unaligned = streams.filter(({ facet }) => !isAlignedFacet(facet)).map(({ id }) => id);
    return addressesByStream(withoutLate(addresses, late, from)).concat(
      unalignedAddresses(unaligned, from, to, late),
    );
  };

  return {
    streamAddresses: (ids: readonly number[], from: number, to: number): StreamAddresses[] => {
      const streams = chosenStreams(ids);
      const late = [...domainsOf(streams)].flatMap((domain) => lateShares(domain, to));
      return addressesOf(streams, from, to, late);
    },
    sourceAddresses: (
      ids: readonly number[],
      from: number | null,
      to: number | null,
    ): AddressSummary[] => {
      const streams = chosenStreams(ids);
      const facets = new Map(streams.map(({ id, facet }) => [id, facet]));
      const tallies = new Map<number, Tally>();
      const first = from ?? (to === null ? WITHOUT_A_DAY : 0);
      for (const one of addressesOf(streams, first, to ?? FOR_EVER, [])) {
        const facet = facets.get(one.streamId) ?? 0;
        one.addressIds.forEach((id, place) => {
          let tally = tallies.get(id);
          if (tally === undefined) tallies.set(id, (tally = emptyTally()));
          addToTally(tally, facet, one.messages[place] ?? 0);
        });
      }
      return [...tallies]
        .map(([id, tally]) => ({ sourceIp: sourceIpOf.get(id) ?? '', tally }))
        .sort(byMessages(({ sourceIp }) => sourceIp));
    },
  };
}

const FOR_EVER = 2 ** 31;

function createEachAddress(database: Connection): EachAddress {
  const rows = database
    .prepare<
      { domain: number; source: number; from: number; to: number; places: string },
      AddressRow
    >(
      /* sql */ `
      SELECT a.address_id, (
        SELECT group_concat((b.shape_id * 2 + b.timed) || ' ' || b.messages, ' ')
        FROM address_day AS b
        WHERE b.policy_domain_id = @domain AND b.address_id = a.address_id
          AND b.day BETWEEN @from AND @to
          AND b.shape_id * 2 + b.timed IN (SELECT value FROM json_each(@places))
      )
      FROM address_name AS a INDEXED BY address_name_by_source
      WHERE a.policy_domain_id = @domain AND a.source_id = @source
    `,
    )
    .raw();
  return (streams, from, to, found) => {
    for (const { network, streams: wanted } of byNetwork(streams)) {
      const bounds = { domain: network.domain, source: network.sourceRow, from, to };
      const places = JSON.stringify([...wanted.keys()]);
      for (const [addressId, text] of rows.all({ ...bounds, places })) {
        if (text === null) continue;
        const sums: StreamSum[] = [];
        eachPair(text, (place, messages) => {
          const stream = wanted.get(place);
          if (stream !== undefined) sums.push({ stream, messages });
        });
        found(addressId, sums);
      }
    }
  };
}

/** Takes from addresses what nobody could know of at the end of the last day. */
function createWithoutLate(database: Connection) {
  const messagesOf = database
    .prepare<[streamId: number, address: number, day: number], number>(
      /* sql */ `
      SELECT b.messages FROM stream AS t
      JOIN address_day AS b
        ON b.policy_domain_id = t.policy_domain_id AND b.shape_id = t.shape_id AND b.timed = t.timed
      WHERE t.id = ? AND b.address_id = ? AND b.day = ?
    `,
    )
    .pluck();

  return (
    addresses: StreamAddress[],
    lateShares: readonly LateShare[],
    from: number,
  ): StreamAddress[] => {
    if (lateShares.length === 0) return addresses;
    const keyOf = ({ streamId, addressId }: Pick<LateShare, 'streamId' | 'addressId'>): string =>
      `${streamId} ${addressId}`;
    const found = new Map(addresses.map((one) => [keyOf(one), one]));
    for (const late of sumsOf(lateShares)) {
      const address = found.get(keyOf(late));
      if (address === undefined || late.day < from) continue;
      address.messages -= late.messages;
      const all = messagesOf.get(late.streamId, late.addressId, late.day);
      if (all === late.messages) address.activeDays -= 1;
    }
    return addresses.filter(({ activeDays }) => activeDays > 0);
  };
}

type LateSum = Pick<LateShare, 'streamId' | 'addressId' | 'day' | 'messages'>;

/** One sum for each stream, address and day. */
function sumsOf(shares: readonly LateShare[]): LateSum[] {
  const sums = new Map<string, LateSum>();
  for (const { streamId, addressId, day, messages } of shares) {
    const key = `${streamId} ${addressId} ${day}`;
    const sum = sums.get(key) ?? { streamId, addressId, day, messages: 0 };
    sums.set(key, sum);
    sum.messages += messages;
  }
  return [...sums.values()];
}
