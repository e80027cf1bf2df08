import type { Connection } from '../connection.ts';
import { byNetwork, createChosenStreams, domainsOf } from './chosen-streams.ts';
import { createLateShares, type LateShare } from './late-shares.ts';

interface Bounds {
  domain: number;
  from: number;
  to: number;
}

/**
 * Which addresses sent anything at all in any of some streams, by the base roll-up: it looks at each
 * address until it finds one row.
 */
export function createActiveAddresses(
  database: Connection,
): (streamIds: readonly number[], from: number, to: number) => number[] {
  const chosenStreams = createChosenStreams(database);
  const lateShares = createLateShares(database);
  // A stream of a network by shape and timed, in one number.
  const active = database
    .prepare<Bounds & { source: number; places: string }, number>(
      /* sql */ `
      SELECT a.address_id FROM address_name AS a INDEXED BY address_name_by_source
      WHERE a.policy_domain_id = @domain AND a.source_id = @source AND EXISTS (
        SELECT 1 FROM address_day AS b
        WHERE b.policy_domain_id = @domain AND b.address_id = a.address_id
          AND b.day BETWEEN @from AND @to
          AND b.shape_id * 2 + b.timed IN (SELECT value FROM json_each(@places))
      )
    `,
    )
    .pluck();
  const known = createKnownBefore(database);

  return (streamIds, from, to) => {
    const streams = chosenStreams(streamIds);
    const late = new Map(
      [...domainsOf(streams)].map((id) => [id, byAddress(lateShares(id, to), from)]),
    );
    const addresses = new Set<number>();
    for (const { network, streams: wanted } of byNetwork(streams)) {
      const { domain, sourceRow: source } = network;
      const shares = late.get(domain);
      const places = JSON.stringify([...wanted.keys()]);
      for (const address of active.all({ domain, source, from, to, places })) {
        const less = shares?.get(address);
        if (less !== undefined && !known({ domain, from, to }, address, wanted, less)) continue;
        addresses.add(address);
      }
    }
    return [...addresses];
  };
}

function byAddress(shares: readonly LateShare[], from: number): Map<number, LateShare[]> {
  const found = new Map<number, LateShare[]>();
  for (const share of shares) {
    if (share.day < from) continue;
    const known = found.get(share.addressId);
    if (known === undefined) found.set(share.addressId, [share]);
    else known.push(share);
  }
  return found;
}

type KnownBefore = (
  bounds: Bounds,
  addressId: number,
  /** By shape and timed, in one number. */
  streams: ReadonlyMap<number, { id: number }>,
  late: readonly LateShare[],
) => boolean;

/** Whether an address sent anything beside what became known later. */
function createKnownBefore(database: Connection): KnownBefore {
  const sums = database
    .prepare<Bounds & { address: number }, [day: number, place: number, messages: number]>(
      /* sql */ `
      SELECT day, shape_id * 2 + timed, messages FROM address_day
      WHERE policy_domain_id = @domain AND address_id = @address AND day BETWEEN @from AND @to
    `,
    )
    .raw();
  return (bounds, addressId, streams, late) =>
    sums.all({ ...bounds, address: addressId }).some(([day, place, messages]) => {
      const stream = streams.get(place);
      if (stream === undefined) return false;
      const less = late
        .filter((share) => share.streamId === stream.id && share.day === day)
        .reduce((sum, share) => sum + share.messages, 0);
      return messages > less;
    });
}
