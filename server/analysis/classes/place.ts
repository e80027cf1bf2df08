import type { StreamAddresses } from '../../store/domain-mail.ts';
import { copiedSignatures } from './copied.ts';
import type { Reading } from './reading.ts';
import { sameAddresses } from './same-address.ts';
import type { Placed } from './sources.ts';
import { type Grounds, NOBODY, type StreamSplit } from './splits.ts';
import { type Spread, spreadsOf } from './spread.ts';
import { isOfTheCrowd } from './untied.ts';
import type { Window } from './window.ts';

/**
 * Puts every stream where it belongs: what a stream says of itself first, then what its neighbours
 * say of it (copied signatures, a shared address, a shape that comes from everywhere).
 *
 * @param tied addresses that sent tied mail
 * @returns the streams' parts, by place of `readings`, and the shapes of what nothing ties
 */
export function placeStreams(
  readings: readonly Reading[],
  splits: readonly StreamSplit[],
  grounds: Grounds,
  addresses: ReadonlyMap<number, StreamAddresses>,
  tied: ReadonlySet<number>,
  window: Window,
): { placed: Placed[]; spreads: ReadonlyMap<string, Spread> } {
  const copied = copiedSignatures(readings, splits, grounds.homes.carried);
  const same = sameAddresses(readings, splits, addresses, tied, grounds.senders);
  const isOpen = (place: number) =>
    splits[place]?.standing === 'rest' && !same.has(place) && !copied.has(place);
  const rest = readings.filter((_, place) => isOpen(place));
  const spreads = spreadsOf(rest, addresses, window);
  const placed = splits.map((split, place): Placed => {
    if (copied.has(place)) return copiedSignature(split.spoken[0]?.about ?? '');
    if (same.has(place)) return sameAddress;
    const reading = readings[place];
    const isScattered =
      reading !== undefined &&
      isOpen(place) &&
      isOfTheCrowd(reading, { spreads, services: grounds.services });
    if (split === NOBODY) return isScattered ? NOBODY_SCATTERED : NOBODY_ALONE;
    // Written out: there are as many as streams, and a spread takes three times the room.
    const { spoken, standing } = split;
    return { split: split.split, spoken, standing, isScattered };
  });
  return { placed, spreads };
}

/** A botnet is thousands of streams that are placed alike. */
const NOBODY_SCATTERED: Placed = { ...NOBODY, isScattered: true };
const NOBODY_ALONE: Placed = { ...NOBODY, isScattered: false };

function copiedSignature(selector: string): Placed {
  return {
    split: { kind: 'none' },
    spoken: [{ rule: 'copied-signature', about: selector }],
    standing: 'rest',
    isScattered: true,
  };
}

const sameAddress: Placed = {
  split: { kind: 'own' },
  spoken: [{ rule: 'same-address', about: '' }],
  standing: 'tied',
  isScattered: false,
};
