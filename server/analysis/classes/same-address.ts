import type { StreamAddresses } from '../../store/domain-mail.ts';
import type { Reading } from './reading.ts';
import type { Senders } from './senders.ts';
import type { StreamSplit } from './splits.ts';

/**
 * Streams without a tie whose addresses send the owner's mail too: the larger part of their messages
 * comes from addresses of no shared service whose other mail is tied.
 *
 * @param splits by place of `readings`
 * @param addresses by stream id; a stream that is not in it is never tied so
 * @param tied addresses that sent tied mail
 * @returns places in `readings`
 */
export function sameAddresses(
  readings: readonly Reading[],
  splits: readonly StreamSplit[],
  addresses: ReadonlyMap<number, StreamAddresses>,
  tied: ReadonlySet<number>,
  senders: Senders,
): Set<number> {
  const found = new Set<number>();
  if (tied.size === 0) return found;
  readings.forEach(({ stream }, place) => {
    if (splits[place]?.standing !== 'rest' || senders.isShared(stream.network)) return;
    const sent = addresses.get(stream.id);
    if (sent !== undefined && isMostly(tied, sent)) found.add(place);
  });
  return found;
}

function isMostly(tied: ReadonlySet<number>, sent: StreamAddresses): boolean {
  let all = 0;
  let same = 0;
  sent.messages.forEach((messages, place) => {
    all += messages;
    if (tied.has(sent.addressIds[place] ?? -1)) same += messages;
  });
  return same * 2 > all;
}
