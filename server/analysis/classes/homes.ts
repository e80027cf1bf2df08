import type { KnownServices } from '../service-facts.ts';
import { passesMailOn } from './detours.ts';
import type { OwnSignature, Reading } from './reading.ts';
import { HOME_RATIO } from './thresholds.ts';

/** Where each key of the owner signs: elsewhere its signatures only travel. */
export interface Homes {
  /** The key has signed mail that passed somewhere. */
  isKnown(signature: OwnSignature): boolean;
  /** The network signs with this key, or sends for the one that does. */
  isHome(signature: OwnSignature, reading: Reading): boolean;
  /** Networks where any key is at home. */
  networks: ReadonlySet<string>;
  /** Return paths of others that come with the owner's signatures where these are at home. */
  returnPaths: ReadonlySet<string>;
  /** Networks from which any signature of the owner passed, at home or not. */
  carried: ReadonlySet<string>;
}

/** Messages that passed with one key, by network. */
interface Uses {
  /** The service whose default signature it is: at home there and, by SPF, nowhere else. */
  tenancyOf: string | null;
  /** SPF passed for the owner too. */
  anchored: Map<string, number>;
  /** No one else's return path passed, and no receiver told of a detour. */
  direct: Map<string, number>;
  /** No receiver told of a detour. */
  untold: Map<string, number>;
  /** Others' return paths that passed, by network. */
  returnPaths: Map<string, Set<string>>;
}

export function homesOf(readings: readonly Reading[], services: KnownServices): Homes {
  const uses = new Map<string, Uses>();
  const carried = new Set<string>();
  for (const reading of readings)
    for (const signature of reading.signatures) {
      if (!signature.passed) continue;
      carried.add(reading.stream.network.id);
      addUse(usesOf(uses, signature), reading, services);
    }
  const homes = new Map([...uses].map(([key, use]) => [key, homeNetworks(use)]));
  const senders = new Map(
    [...uses].map(([key, use]) => [key, returnPathsAt(homes.get(key) ?? new Set(), use)]),
  );
  return {
    isKnown: ({ key }) => uses.has(key),
    isHome: ({ key }, { stream, otherReturnPath }) =>
      homes.get(key)?.has(stream.network.id) === true ||
      (otherReturnPath !== null && senders.get(key)?.has(otherReturnPath) === true),
    networks: new Set([...homes.values()].flatMap((networks) => [...networks])),
    returnPaths: new Set([...senders.values()].flatMap((domains) => [...domains])),
    carried,
  };
}

function usesOf(uses: Map<string, Uses>, { key, tenancyOf }: OwnSignature): Uses {
  const known = uses.get(key);
  if (known !== undefined) return known;
  const made: Uses = {
    tenancyOf,
    anchored: new Map(),
    direct: new Map(),
    untold: new Map(),
    returnPaths: new Map(),
  };
  uses.set(key, made);
  return made;
}

function addUse(
  use: Uses,
  { stream: { network }, ownSpf, told, otherReturnPath, messages }: Reading,
  services: KnownServices,
): void {
  const { id } = network;
  // Of mail before the range no sums are known, but that there was some.
  const weight = Math.max(messages, 1);
  if (ownSpf === 'passed' || network.kind === 'own-network') add(use.anchored, id, weight);
  // Whoever passes mail on for a living signs nothing for others.
  if (told !== null || passesMailOn(network, services) !== null) return;
  add(use.untold, id, weight);
  if (otherReturnPath === null) add(use.direct, id, weight);
  else {
    const paths = use.returnPaths.get(id) ?? new Set();
    use.returnPaths.set(id, paths.add(otherReturnPath));
  }
}

function add(sums: Map<string, number>, network: string, messages: number): void {
  sums.set(network, (sums.get(network) ?? 0) + messages);
}

/**
 * A key that SPF anchors somewhere is at home there, and where a good part of its direct mail comes
 * from (a server's other address family). One that is anchored nowhere is at home where most of its
 * mail comes from: a service with a return path of its own.
 */
function homeNetworks({ tenancyOf, anchored, direct, untold }: Uses): Set<string> {
  if (tenancyOf !== null) return new Set([`service:${tenancyOf}`, ...anchored.keys()]);
  if (anchored.size > 0) return new Set([...anchored.keys(), ...largeParts(direct)]);
  return new Set([...majority(untold), ...largeParts(untold)]);
}

function largeParts(sums: ReadonlyMap<string, number>): string[] {
  const total = totalOf(sums);
  return [...sums].filter(([, messages]) => messages >= total * HOME_RATIO).map(([id]) => id);
}

/** The fewest networks that hold more than half. */
function majority(sums: ReadonlyMap<string, number>): string[] {
  const total = totalOf(sums);
  const found: string[] = [];
  let held = 0;
  for (const [id, messages] of [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    if (held * 2 > total) break;
    held += messages;
    found.push(id);
  }
  return found;
}

function totalOf(sums: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const messages of sums.values()) total += messages;
  return total;
}

function returnPathsAt(homes: ReadonlySet<string>, { anchored, returnPaths }: Uses): Set<string> {
  // Where SPF passes for the owner, another's return path is a list's on the same service.
  if (anchored.size > 0) return new Set();
  return new Set([...homes].flatMap((id) => [...(returnPaths.get(id) ?? [])]));
}
