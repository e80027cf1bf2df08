import type { Profile } from '../../../ingest/report.ts';
import { type AlignmentModes, NOTHING_DROPPED, recompute } from '../alignment.ts';

/**
 * What a record counts as. `not-judged`: its only obstacle was a DNS error, or the reporter said
 * nothing of its evaluation, and nobody acted on it. What was acted on has failed whatever the
 * reason, and so has what a receiver's override let through: harm must not hide behind the step.
 */
export type Judged = 'aligned' | 'failed' | 'not-judged';

export function judgedOf(shape: Profile, modes: AlignmentModes): Judged {
  const { dkimAligned, spfAligned } = shape.policyEvaluated;
  if (dkimAligned === true || spfAligned === true) return 'aligned';
  if (wasActedOn(shape)) return 'failed';
  if (dkimAligned === null && spfAligned === null) return 'not-judged';
  if (!metDnsError(shape)) return 'failed';
  return recompute(shape, modes, NOTHING_DROPPED).temperror ? 'not-judged' : 'failed';
}

function metDnsError({ dkim, spf }: Profile): boolean {
  return [...dkim, ...spf].some(({ result }) => result === 'temperror');
}

/** A receiver quarantined or rejected it. */
export function wasActedOn({ policyEvaluated: { disposition } }: Profile): boolean {
  return disposition === 'quarantine' || disposition === 'reject';
}

/** DMARC counted it for SPF and for nothing else. */
export function passesBySpfAlone({ policyEvaluated }: Profile): boolean {
  return policyEvaluated.spfAligned === true && policyEvaluated.dkimAligned !== true;
}
