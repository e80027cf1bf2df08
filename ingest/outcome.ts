import type { EvaluatedDisposition, Profile } from './report.ts';

/**
 * What became of a record's messages, packed into one small integer, the *facet*, so that roll-ups
 * are keyed by it. It says: DKIM aligned (yes, no, not stated), SPF aligned (the same), the
 * disposition, and whether DKIM or SPF passed for a domain that did not count.
 */
export interface Outcome {
  dkimAligned: boolean | null;
  spfAligned: boolean | null;
  disposition: EvaluatedDisposition | null;
  /** A DKIM signature (an SPF check) passed, and DMARC did not count it: the thing a sender can fix. */
  dkimPassUnaligned: boolean;
  spfPassUnaligned: boolean;
}

const TRI = [null, true, false] as const;
const DISPOSITIONS = [null, 'none', 'quarantine', 'reject', 'pass'] as const;

export function outcomeOf(profile: Profile): Outcome {
  const { dkimAligned, spfAligned, disposition } = profile.policyEvaluated;
  return {
    dkimAligned,
    spfAligned,
    disposition,
    dkimPassUnaligned:
      dkimAligned !== true && profile.dkim.some((signature) => signature.result === 'pass'),
    spfPassUnaligned: spfAligned !== true && profile.spf.some((check) => check.result === 'pass'),
  };
}

/** 0 to 179; the numbers are stored, so their order here never changes. */
export function facetOf(outcome: Outcome): number {
  return (
    TRI.indexOf(outcome.dkimAligned) +
    3 * TRI.indexOf(outcome.spfAligned) +
    9 * DISPOSITIONS.indexOf(outcome.disposition) +
    45 * Number(outcome.dkimPassUnaligned) +
    90 * Number(outcome.spfPassUnaligned)
  );
}

export function outcomeOfFacet(facet: number): Outcome {
  return {
    dkimAligned: TRI[facet % 3] ?? null,
    spfAligned: TRI[Math.floor(facet / 3) % 3] ?? null,
    disposition: DISPOSITIONS[Math.floor(facet / 9) % 5] ?? null,
    dkimPassUnaligned: Math.floor(facet / 45) % 2 === 1,
    spfPassUnaligned: Math.floor(facet / 90) % 2 === 1,
  };
}

/** Aligned by DKIM or by SPF: DMARC counted it as a pass. */
export function isAlignedFacet(facet: number): boolean {
  const { dkimAligned, spfAligned } = outcomeOfFacet(facet);
  return dkimAligned === true || spfAligned === true;
}

/** Sums of `<count>`, exact. `bothAligned` to `notStated` are disjoint and add up to `messages`. */
export interface Tally {
  messages: number;
  /** Aligned by DKIM or by SPF: what DMARC counts. */
  dmarcAligned: number;
  dkimAligned: number;
  spfAligned: number;
  bothAligned: number;
  dkimOnly: number;
  spfOnly: number;
  neither: number;
  /** Not aligned as far as stated, and at least one of the two evaluations is missing. */
  notStated: number;
  /** At least one of the two evaluations is missing or neither pass nor fail; overlaps with aligned. */
  unstated: number;
  dkimPassUnaligned: number;
  spfPassUnaligned: number;
  dispositions: Record<EvaluatedDisposition | 'unstated', number>;
}

export function emptyTally(): Tally {
  return {
    messages: 0,
    dmarcAligned: 0,
    dkimAligned: 0,
    spfAligned: 0,
    bothAligned: 0,
    dkimOnly: 0,
    spfOnly: 0,
    neither: 0,
    notStated: 0,
    unstated: 0,
    dkimPassUnaligned: 0,
    spfPassUnaligned: 0,
    dispositions: { none: 0, quarantine: 0, reject: 0, pass: 0, unstated: 0 },
  };
}

/** Adds `messages` of one facet to a tally, in place. */
export function addToTally(tally: Tally, facet: number, messages: number): void {
  const outcome = outcomeOfFacet(facet);
  const { dkimAligned, spfAligned } = outcome;
  tally.messages += messages;
  if (dkimAligned === true) tally.dkimAligned += messages;
  if (spfAligned === true) tally.spfAligned += messages;
  if (dkimAligned === true || spfAligned === true) tally.dmarcAligned += messages;
  if (dkimAligned === null || spfAligned === null) tally.unstated += messages;
  tally[alignmentOf(outcome)] += messages;
  if (outcome.dkimPassUnaligned) tally.dkimPassUnaligned += messages;
  if (outcome.spfPassUnaligned) tally.spfPassUnaligned += messages;
  tally.dispositions[outcome.disposition ?? 'unstated'] += messages;
}

export type Alignment = 'bothAligned' | 'dkimOnly' | 'spfOnly' | 'neither' | 'notStated';

export function alignmentOf({ dkimAligned, spfAligned }: Outcome): Alignment {
  if (dkimAligned === true) return spfAligned === true ? 'bothAligned' : 'dkimOnly';
  if (spfAligned === true) return 'spfOnly';
  return dkimAligned === null || spfAligned === null ? 'notStated' : 'neither';
}
