import { addToTally, emptyTally, type Tally } from '../../../ingest/outcome.ts';
import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';
import type { StreamAddress } from '../domain-mail.ts';
import { eachPair } from '../reported.ts';
import type { AddressSummary } from '../store.ts';
import { type ChosenStream, createChosenStreams, domainsOf } from './chosen-streams.ts';
import { createLateShares, type LateShare } from './late-shares.ts';
import { byMessages } from './tallies.ts';

/** `sums`: shape and timed in one number, then messages, for each day: '24 3 25 1'; null without any. */
type AddressRow = [sourceIp: string, sums: string | null];

interface Wanted {
  network: Pick<ChosenStream, 'domain' | 'sourceRow'>;
  /** By shape and timed, in one number. */
  streams: Map<number, ChosenStream>;
}

interface StreamSum {
  stream: ChosenStream;
  messages: number;
}

/** Calls back for every address, with a sum for each stream and day. */
type EachAddress = (
  streams: readonly ChosenStream[],
  from: number,
  to: number,
  found: (sourceIp: string, sums: readonly StreamSum[]) => void,
) => void;

/** What each address sent in some streams, by the base roll-up. */
export function createStreamAddresses(database: Connection) {
  const chosenStreams = createChosenStreams(database);
  const eachAddress = createEachAddress(database);
  const withoutLate = createWithoutLate(database);

  return {
    streamAddresses: (ids: readonly number[], from: number, to: number): StreamAddress[] => {
      const streams = chosenStreams(ids);
      const addresses: StreamAddress[] = [];
      eachAddress(streams, from, to, (sourceIp, sums) => {
        const byStream = new Map<number, StreamAddress>();
        for (const { stream, messages } of sums) {
          const known = byStream.get(stream.id);
          if (known === undefined) {
            const address = { streamId: stream.id, sourceIp, messages, activeDays: 1 };
            byStream.set(stream.id, address);
            addresses.push(address);
          } else {
            known.messages += messages;
            known.activeDays += 1;
          }
        }
      });
      return withoutLate(addresses, streams, from, to);
    },
    sourceAddresses: (
      ids: readonly number[],
      from: number | null,
      to: number | null,
    ): AddressSummary[] => {
      const tallies = new Map<string, Tally>();
      const first = from ?? (to === null ? WITHOUT_A_DAY : 0);
      eachAddress(chosenStreams(ids), first, to ?? FOR_EVER, (sourceIp, sums) => {
        const tally = tallies.get(sourceIp) ?? emptyTally();
        tallies.set(sourceIp, tally);
        for (const { stream, messages } of sums) addToTally(tally, stream.facet, messages);
      });
      return [...tallies]
        .map(([sourceIp, tally]) => ({ sourceIp, tally }))
        .sort(byMessages(({ sourceIp }) => sourceIp));
    },
  };
}

const FOR_EVER = 2 ** 31;

function createEachAddress(database: Connection): EachAddress {
  const rows = database
    .prepare<{ domain: number; source: number; from: number; to: number }, AddressRow>(
      /* sql */ `
      SELECT i.source_ip, (
        SELECT group_concat((b.shape_id * 2 + b.timed) || ' ' || b.messages, ' ')
        FROM address_day AS b
        WHERE b.policy_domain_id = @domain AND b.address_id = a.address_id
          AND b.day BETWEEN @from AND @to
      )
      FROM address_name AS a INDEXED BY address_name_by_source
      CROSS JOIN address AS i ON i.id = a.address_id
      WHERE a.policy_domain_id = @domain AND a.source_id = @source
    `,
    )
    .raw();
  return (streams, from, to, found) => {
    for (const { network, streams: wanted } of byNetwork(streams)) {
      const bounds = { domain: network.domain, source: network.sourceRow, from, to };
      for (const [sourceIp, text] of rows.all(bounds)) {
        const sums: StreamSum[] = [];
        eachPair(text ?? '', (place, messages) => {
          const stream = wanted.get(place);
          if (stream !== undefined) sums.push({ stream, messages });
        });
        if (sums.length > 0) found(sourceIp, sums);
      }
    }
  };
}

function byNetwork(streams: readonly ChosenStream[]): Iterable<Wanted> {
  const networks = new Map<string, Wanted>();
  for (const stream of streams) {
    const key = `${stream.domain} ${stream.sourceRow}`;
    const wanted = networks.get(key) ?? { network: stream, streams: new Map() };
    networks.set(key, wanted);
    wanted.streams.set(stream.shapeId * 2 + stream.timed, stream);
  }
  return networks.values();
}

/** Takes from addresses what nobody could know of at the end of the day `to`. */
function createWithoutLate(database: Connection) {
  const lateShares = createLateShares(database);
  const messagesOf = database
    .prepare<[domain: number, address: number, day: number, streamId: number], number>(
      /* sql */ `
      SELECT b.messages FROM address_day AS b
      JOIN stream AS t ON t.shape_id = b.shape_id AND t.timed = b.timed
      WHERE b.policy_domain_id = ? AND b.address_id = ? AND b.day = ? AND t.id = ?
    `,
    )
    .pluck();
  const sourceIpOf = database
    .prepare<[id: number], string>('SELECT source_ip FROM address WHERE id = ?')
    .pluck();

  return (
    addresses: StreamAddress[],
    streams: readonly ChosenStream[],
    from: number,
    to: number,
  ): StreamAddress[] => {
    const late = [...domainsOf(streams)].flatMap((domain) =>
      sumsOf(lateShares(domain, to)).map((sum) => ({ domain, ...sum })),
    );
    if (late.length === 0) return addresses;
    const keyOf = (streamId: number, sourceIp: string): string => `${streamId} ${sourceIp}`;
    const found = new Map(addresses.map((one) => [keyOf(one.streamId, one.sourceIp), one]));
    for (const { domain, streamId, addressId, day, messages } of late) {
      const address = found.get(keyOf(streamId, sourceIpOf.get(addressId) ?? ''));
      if (address === undefined || day < from) continue;
      address.messages -= messages;
      if (messagesOf.get(domain, addressId, day, streamId) === messages) address.activeDays -= 1;
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
