import type { Reading } from './reading.ts';
import { relatedNetworks } from './shapes.ts';
import type { StreamSplit } from './splits.ts';
import { COPIED_PER_NETWORK, COPIED_RATIO, SCATTERED_NETWORKS } from './thresholds.ts';

/**
 * Broken signatures that were copied from the owner's mail and not broken on a way round. Forwarders
 * that break signatures also carry whole ones, or the receiver tells of them; and each passes on
 * little. So what comes from many networks of which none ever carried a whole one, in more than small
 * counts, and more than what came the same way from networks that did, is a forgery.
 *
 * @param splits by place of `readings`
 * @param carried networks from which any signature of the owner passed
 * @returns places in `readings`
 */
export function copiedSignatures(
  readings: readonly Reading[],
  splits: readonly StreamSplit[],
  carried: ReadonlySet<string>,
): Set<number> {
  const copied = new Set<number>();
  const trace = COPIED_RATIO * signedMessages(readings);
  for (const { places, networks, messages, carriedMessages } of brokenShapes(
    readings,
    splits,
    carried,
  ).values())
    if (
      networks.size >= SCATTERED_NETWORKS &&
      messages > Math.max(trace, carriedMessages, networks.size * COPIED_PER_NETWORK)
    )
      for (const place of places) copied.add(place);
  return copied;
}

interface BrokenShape {
  /** Of streams from networks that never carried a whole signature, with their messages. */
  places: number[];
  networks: Set<string>;
  messages: number;
  carriedMessages: number;
}

function brokenShapes(
  readings: readonly Reading[],
  splits: readonly StreamSplit[],
  carried: ReadonlySet<string>,
): Map<string, BrokenShape> {
  const shapes = new Map<string, BrokenShape>();
  readings.forEach((reading, place) => {
    const spoken = splits[place]?.spoken;
    const isAlone = spoken?.length === 1 && spoken[0]?.rule === 'broken-signature';
    if (!isAlone || reading.otherReturnPath !== null) return;
    const key = reading.shapeKey;
    const shape = shapes.get(key) ?? newShape();
    shapes.set(key, shape);
    if (carried.has(reading.stream.network.id)) {
      shape.carriedMessages += reading.messages;
      return;
    }
    shape.places.push(place);
    shape.networks.add(relatedNetworks(reading.stream.network));
    shape.messages += reading.messages;
  });
  return shapes;
}

function newShape(): BrokenShape {
  return { places: [], networks: new Set(), messages: 0, carriedMessages: 0 };
}

function signedMessages(readings: readonly Reading[]): number {
  return readings.reduce(
    (sum, { signatures, messages }) =>
      signatures.some(({ passed }) => passed) ? sum + messages : sum,
    0,
  );
}
