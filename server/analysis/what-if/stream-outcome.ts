import type { Profile } from '../../../ingest/report.ts';
import type { MailStream } from '../../store/domain-mail.ts';
import { type AlignmentModes, type Dropped, either, recompute } from '../alignment.ts';

export interface StreamOutcome {
  fails: boolean;
  isRecomputable: boolean;
}

/**
 * Whether mail of this shape fails DMARC under the given modes. Where the raw results do not suffice,
 * the reporter's own evaluation stands; a DNS error as the only obstacle is no failure (RFC 9989).
 */
export function streamOutcome(
  shape: Profile,
  modes: AlignmentModes,
  dropped: Dropped,
): StreamOutcome {
  const { dkimAligned, spfAligned, dmarcAligned, temperror } = recompute(shape, modes, dropped);
  if (dmarcAligned !== null) return { fails: !dmarcAligned, isRecomputable: true };
  if (temperror) return { fails: false, isRecomputable: false };
  const { policyEvaluated } = shape;
  const stated = either(
    dkimAligned ?? policyEvaluated.dkimAligned,
    spfAligned ?? policyEvaluated.spfAligned,
  );
  return { fails: stated === false, isRecomputable: false };
}

/** Messages of a stream on the days from `from` to `to`, both included. */
export function messagesWithin({ days, messages }: MailStream, from: number, to: number): number {
  let sum = 0;
  for (let at = 0; at < days.length; at += 1) {
    const day = days[at] ?? -1;
    if (day >= from && day <= to) sum += messages[at] ?? 0;
  }
  return sum;
}
