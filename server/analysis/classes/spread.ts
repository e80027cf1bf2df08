import type { StreamAddress } from '../../store/domain-mail.ts';
import type { Reading } from './reading.ts';
import { relatedNetworks } from './shapes.ts';
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

/** An address where addresses were asked for, else the network itself. */
interface Part {
  network: string;
  messages: number;
  activeDays: number;
}

interface Gathered {
  readings: Reading[];
  networks: Set<string>;
  days: Set<number>;
}

/** By shape key. */
export function spreadsOf(
  readings: readonly Reading[],
  addresses: ReadonlyMap<number, readonly StreamAddress[]>,
  window: Window,
): ReadonlyMap<string, Spread> {
  const shapes = new Map<string, Gathered>();
  for (const reading of readings) {
    const key = reading.shapeKey;
    const shape = shapes.get(key) ?? { readings: [], networks: new Set(), days: new Set() };
    shape.readings.push(reading);
    shape.networks.add(relatedNetworks(reading.stream.network));
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
  addresses: ReadonlyMap<number, readonly StreamAddress[]>,
  window: Window,
): Set<string> {
  const parts = partsOf(alike, addresses, window);
  const sizes = Float64Array.from(parts, ({ messages }) => messages).sort();
  const median = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0;
  const days = (window.to - window.from + 1) * OUTSTANDING_DAYS_RATIO;
  const found = parts.filter(
    (part) => part.activeDays >= days && part.messages >= median * OUTSTANDING_FACTOR,
  );
  return new Set(found.map(({ network }) => network));
}

interface NetworkParts {
  addresses: Map<number, Part>;
  /** What came in streams of which no addresses are known. */
  rest: Part | null;
  restDays: Set<number>;
}

function partsOf(
  alike: readonly Reading[],
  addresses: ReadonlyMap<number, readonly StreamAddress[]>,
  window: Window,
): Part[] {
  const parts: Part[] = [];
  const newPart = (network: string): Part => {
    const part = { network, messages: 0, activeDays: 0 };
    parts.push(part);
    return part;
  };
  const networks = new Map<string, NetworkParts>();
  for (const { stream, messages } of alike) {
    const { id } = stream.network;
    const network = networks.get(id) ?? newNetwork();
    networks.set(id, network);
    const known = addresses.get(stream.id);
    if (known === undefined) {
      for (const day of windowDaysOf(stream, window)) network.restDays.add(day);
      network.rest ??= newPart(id);
      network.rest.messages += messages;
      network.rest.activeDays = network.restDays.size;
    } else
      for (const address of known) {
        const part = network.addresses.get(address.addressId) ?? newPart(id);
        network.addresses.set(address.addressId, part);
        part.messages += address.messages;
        // Days of two streams may be the same ones; the larger number is sure.
        part.activeDays = Math.max(part.activeDays, address.activeDays);
      }
  }
  return parts;
}

const newNetwork = (): NetworkParts => ({
  addresses: new Map(),
  rest: null,
  restDays: new Set(),
});
