import type { Profile } from '../../../ingest/report.ts';
import type { DomainMail } from '../../store/domain-mail.ts';
import { type AlignmentModes, NOTHING_DROPPED, type Recomputed, recompute } from '../alignment.ts';
import type { DifferenceKind, WhatIf } from '../what-if-types.ts';
import { messagesWithin } from './stream-outcome.ts';

const KINDS: readonly DifferenceKind[] = [
  'override',
  'raw-results-incomplete',
  'temperror',
  'reported-aligned-recomputed-not',
  'recomputed-aligned-reported-not',
];

/**
 * Streams whose recomputed alignment is not the reporters' evaluation, by kind. Where the modes
 * changed inside of the window, equality under either of them is none: no stream tells its report.
 */
export function differencesOf(
  mail: Pick<DomainMail, 'streams' | 'reports'>,
  window: { from: number; to: number },
): WhatIf['differences'] {
  const modes = modesInForce(mail.reports, window);
  const found = KINDS.map((kind) => ({ kind, streams: [] as number[], messages: 0 }));
  const kinds = new Map<Profile, DifferenceKind | null>();
  for (const stream of mail.streams) {
    const { shape } = stream;
    const kind = kinds.has(shape) ? (kinds.get(shape) ?? null) : differenceUnderAny(shape, modes);
    kinds.set(shape, kind);
    const entry = kind === null ? undefined : found[KINDS.indexOf(kind)];
    const messages = entry === undefined ? 0 : messagesWithin(stream, window.from, window.to);
    if (entry === undefined || messages === 0) continue;
    entry.streams.push(stream.id);
    entry.messages += messages;
  }
  return found.filter(({ streams }) => streams.length > 0);
}

/** The alignment modes that reports of the window name; relaxed where they name none (RFC 9989 §4.7). */
function modesInForce(
  reports: DomainMail['reports'],
  { from, to }: { from: number; to: number },
): AlignmentModes[] {
  const modes = new Map<string, AlignmentModes>();
  for (const { policyPublished, firstDay, lastDay } of reports) {
    if (firstDay === null || lastDay === null || lastDay < from || firstDay > to) continue;
    const adkim = policyPublished.adkim ?? 'relaxed';
    const aspf = policyPublished.aspf ?? 'relaxed';
    modes.set(`${adkim} ${aspf}`, { adkim, aspf });
  }
  return modes.size > 0 ? [...modes.values()] : [{ adkim: 'relaxed', aspf: 'relaxed' }];
}

function differenceUnderAny(
  shape: Profile,
  modes: readonly AlignmentModes[],
): DifferenceKind | null {
  let first: DifferenceKind | null = null;
  for (const mode of modes) {
    const kind = differenceOf(shape, recompute(shape, mode, NOTHING_DROPPED));
    if (kind === null) return null;
    first ??= kind;
  }
  return first;
}

/** How a recomputation differs from what the reporter evaluated; null: it does not, or was not said. */
export function differenceOf(
  { policyEvaluated }: Profile,
  { dkimAligned, spfAligned, complete }: Recomputed,
): DifferenceKind | null {
  const pairs = [
    { reported: policyEvaluated.dkimAligned, recomputed: dkimAligned },
    { reported: policyEvaluated.spfAligned, recomputed: spfAligned },
  ].filter(({ reported, recomputed }) => reported !== null && reported !== recomputed);
  if (pairs.length === 0) return null;
  if (pairs.every(({ recomputed }) => recomputed === null)) {
    return complete ? 'temperror' : 'raw-results-incomplete';
  }
  if (policyEvaluated.reasons.length > 0) return 'override';
  return pairs.some(({ reported, recomputed }) => reported === true && recomputed === false)
    ? 'reported-aligned-recomputed-not'
    : 'recomputed-aligned-reported-not';
}
