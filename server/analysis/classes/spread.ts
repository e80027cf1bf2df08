import type { StreamAddresses } from '../../store/domain-mail.ts';
import type { Reading } from './reading.ts';
import { relatedReader } from './shapes.ts';
import { OUTSTANDING_DAYS_RATIO, OUTSTANDING_FACTOR, SCATTERED_NETWORKS } from './thresholds.ts';
import { type Window, windowDaysOf } from './window.ts';

/** One shape of mail that nothing ties to the owner, over all networks that it comes from. */
export interface Spread {
  networks: ReadonlySet<string>;
  /** Distinct days of the window with any of it. */
  activeDays: number;
  /** From so many networks that it is no one's habit. */
  isScattered: boolean;
  /** Networks and addresses that stand out of the shape by far: steady, and many times the median. */
  outstanding: ReadonlySet<string>;
}

/** Addresses where these were asked for, else the networks themselves. In columns: they are very many. */
interface Parts {
  networks: string[];
  messages: number[];
  activeDays: number[];
}

interface Gathered {
  readings: Reading[];
  networks: Set<string>;
  days: Set<number>;
}

/** By shape key. */
export function spreadsOf(
  readings: readonly Reading[],
  addresses: ReadonlyMap<number, StreamAddresses>,
  window: Window,
): ReadonlyMap<string, Spread> {
  const related = relatedReader();
  const windowDays = window.to - window.from + 1;
  const shapes = new Map<string, Gathered>();
  for (const reading of readings) {
    const key = reading.shapeKey;
    const shape = shapes.get(key) ?? { readings: [], networks: new Set(), days: new Set() };
    shape.readings.push(reading);
    shape.networks.add(related(reading.stream.network));
    if (shape.days.size < windowDays)
      for (const day of windowDaysOf(reading.stream, window)) shape.days.add(day);
    shapes.set(key, shape);
  }
  return new Map(
    [...shapes].map(([key, { readings: alike, networks, days }]) => {
      const isScattered = networks.size >= SCATTERED_NETWORKS;
      const outstanding = isScattered ? outstandingOf(alike, addresses, window) : new Set<string>();
      return [key, { networks, activeDays: days.size, isScattered, outstanding }];
    }),
  );
}

function outstandingOf(
  alike: readonly Reading[],
  addresses: ReadonlyMap<number, StreamAddresses>,
  window: Window,
): Set<string> {
  const parts = partsOf(alike, addresses, window);
  const sizes = Float64Array.from(parts.messages).sort();
  const median = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0;
  const days = (window.to - window.from + 1) * OUTSTANDING_DAYS_RATIO;
  return new Set(
    parts.networks.filter(
      (_, part) =>
        (parts.activeDays[part] ?? 0) >= days &&
        (parts.messages[part] ?? 0) >= median * OUTSTANDING_FACTOR,
    ),
  );
}

interface NetworkParts {
  /** Places of addresses among the parts. */
  addresses: Map<number, number>;
  /** Place of what came in streams of which no addresses are known. */
  rest: number | null;
  restDays: Set<number>;
}

function partsOf(
  alike: readonly Reading[],
  addresses: ReadonlyMap<number, StreamAddresses>,
  window: Window,
): Parts {
  const parts: Parts = { networks: [], messages: [], activeDays: [] };
  const newPart = (network: string): number => {
    parts.messages.push(0);
    parts.activeDays.push(0);
    return parts.networks.push(network) - 1;
  };
  // Days of two streams may be the same ones; the larger number is sure.
  const add = (part: number, messages: number, activeDays: number): void => {
    parts.messages[part] = (parts.messages[part] ?? 0) + messages;
    parts.activeDays[part] = Math.max(parts.activeDays[part] ?? 0, activeDays);
  };
  const networks = new Map<string, NetworkParts>();
  for (const { stream, messages } of alike) {
    const { id } = stream.network;
    const network = networks.get(id) ?? newNetwork();
    networks.set(id, network);
    const known = addresses.get(stream.id);
    if (known === undefined) {
      for (const day of windowDaysOf(stream, window)) network.restDays.add(day);
      add((network.rest ??= newPart(id)), messages, network.restDays.size);
    } else
      known.addressIds.forEach((addressId, place) => {
        let part = network.addresses.get(addressId);
        if (part === undefined) network.addresses.set(addressId, (part = newPart(id)));
        add(part, known.messages[place] ?? 0, known.activeDays[place] ?? 0);
      });
  }
  return parts;
}

const newNetwork = (): NetworkParts => ({
  addresses: new Map(),
  rest: null,
  restDays: new Set(),
});
