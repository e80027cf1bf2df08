import type { AlignmentMode, Disposition } from '../../ingest/report.ts';
import type { MailClass } from '../store/domain-mail.ts';

/**
 * A policy to try on mail that has arrived. pct and t=y, which soften a policy in force, are none of it.
 * `sp` and `np` null are tags left out: np falls back to sp, and sp to p (RFC 9989 §4.7).
 */
export interface Candidate {
  p: Disposition;
  sp: Disposition | null;
  /** Governs only names that DNS was asked about and that do not exist. */
  np: Disposition | null;
  adkim: AlignmentMode;
  aspf: AlignmentMode;
  /** SPF include taken away: its networks no longer pass SPF for the domain. */
  dropInclude: string | null;
  /** DKIM selector taken away: its signatures no longer pass. */
  dropSelector: string | null;
}

export interface WhatIfSource {
  sourceId: string;
  name: string;
  class: MailClass;
  messages: number;
  /** Messages that would have failed DMARC under the candidate. */
  failing: number;
  quarantined: number;
  /** An upper bound: receivers must not reject on p=reject alone. */
  rejected: number;
}

export interface WhatIf {
  domain: string;
  window: { from: number; to: number };
  candidate: Candidate;
  sources: readonly WhatIfSource[];
  /** By class, and by class and week (Monday as a day number). */
  classes: readonly { class: MailClass; messages: number; quarantined: number; rejected: number }[];
  weeks: readonly {
    monday: number;
    class: MailClass;
    messages: number;
    quarantined: number;
    rejected: number;
  }[];
  /** "p=reject would have cost 12 forwarded and 508 own messages in 30 days; …" */
  sentence: string;
  /** Streams whose recomputed alignment differs from the reporters' evaluation, by kind. */
  differences: readonly {
    kind: DifferenceKind;
    streams: readonly number[];
    messages: number;
  }[];
  /**
   * Messages whose raw results do not suffice to recompute. They count as the reporters evaluated
   * them; those without an evaluation, or with a DNS error as the only obstacle, as not failing.
   */
  notRecomputable: number;
  /** Messages from names below the domain that have a policy of their own: the candidate leaves them alone. */
  governedElsewhere: number;
  /** What the numbers do not say. Sentences. */
  notes: readonly string[];
}

export type DifferenceKind =
  | 'override'
  | 'raw-results-incomplete'
  | 'temperror'
  | 'reported-aligned-recomputed-not'
  | 'recomputed-aligned-reported-not';
