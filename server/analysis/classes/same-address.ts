import type { StreamAddress } from '../../store/domain-mail.ts';
import type { Reading } from './reading.ts';
import type { Senders } from './senders.ts';
import type { StreamSplit } from './splits.ts';

/**
 * Streams without a tie whose addresses send the owner's mail too: the larger part of their messages
 * comes from addresses of no shared service whose other mail is tied.
 *
 * @param splits by place of `readings`
 * @param addresses by stream id; a stream that is not in it is never tied so
 * @returns places in `readings`
 */
export function sameAddresses(
  readings: readonly Reading[],
  splits: readonly StreamSplit[],
  addresses: ReadonlyMap<number, readonly StreamAddress[]>,
  senders: Senders,
): Set<number> {
  const tied = new Set<string>();
  const open: number[] = [];
  for (const [place, { stream }] of readings.entries()) {
    if (senders.isShared(stream.network)) continue;
    const standing = splits[place]?.standing;
    if (standing === 'rest') open.push(place);
    if (standing !== 'tied') continue;
    for (const { sourceIp } of addresses.get(stream.id) ?? []) tied.add(sourceIp);
  }
  return new Set(open.filter((place) => isMostly(tied, readings[place], addresses)));
}

function isMostly(
  tied: ReadonlySet<string>,
  reading: Reading | undefined,
  addresses: ReadonlyMap<number, readonly StreamAddress[]>,
): boolean {
  let all = 0;
  let same = 0;
  for (const { sourceIp, messages } of addresses.get(reading?.stream.id ?? -1) ?? []) {
    all += messages;
    if (tied.has(sourceIp)) same += messages;
  }
  return same * 2 > all;
}
