import type { Disposition, PolicyPublished } from '../../ingest/report.ts';
import type { ClassifiedSource, ClassQuestion } from './classified.ts';

/** Numbers of own mail and the rest over the window, sums of counts. */
export interface ClassSums {
  messages: number;
  dmarcAligned: number;
  dkimAligned: number;
  spfAligned: number;
}

export type GateId =
  | 'time-at-policy'
  | 'rhythm'
  | 'coverage'
  | 'classes'
  | 'own-aligned'
  | 'dkim-carries'
  | 'forwarding-loss'
  | 'after-step'
  | 'dns'
  /** Before t=y or pct is removed, and other steps of their own. */
  | 'testing-honoured';

/** `accepted`: not met, and waived by a named user; `not-asked`: needs DNS, and DNS was not asked. */
export type GateState = 'met' | 'not-met' | 'not-enough-data' | 'accepted' | 'not-asked';

export interface Gate {
  id: GateId;
  state: GateState;
  /** In the unit that `detail` names (days, ratio, operators); null where there is none. */
  value: number | null;
  threshold: number | null;
  /** One sentence: what was found, with its numbers, and what to do where it is not met. */
  detail: string;
  /** Sources that hold the gate open. */
  sources: readonly string[];
  waiver: { by: string; day: number; reason: string; untilDay: number } | null;
}

export interface Blocker {
  /** Source id. */
  source: string;
  name: string;
  /** What is wrong and what to do, in the words of that service. */
  reason: string;
  /** All that it sent in the window it is judged by. */
  messages: number;
  gates: readonly GateId[];
}

export interface PolicyInForce {
  policy: PolicyPublished;
  /** The rung that counts: pct < 100 or t=y is the lower one. */
  rung: Disposition;
  /** First day on which it was seen since another policy; null where it was always so. */
  sinceDay: number | null;
  /** Reporters disagree, or DNS says otherwise today. */
  disputed: string | null;
}

export interface SourceNumbers {
  source: ClassifiedSource;
  sums: ClassSums;
  /** Judged and not aligned. */
  failed: number;
  /** Of own sources below the next gate's threshold. */
  needsWork: boolean;
  /** Longest usual gap between active days; 35 where seen once. */
  everyDays: number | null;
  /** 3/n of an own source without a failure; null otherwise. */
  highestFailureRatio: number | null;
  firstDay: number | null;
  lastDay: number | null;
}

export interface Verdict {
  domain: string;
  /** Days since 1970, UTC: the last day looked at. */
  at: number;
  verdict: 'stay' | 'advance' | 'go-back' | 'no-data';
  /** One sentence with the blockers by name. */
  sentence: string;
  policy: PolicyInForce | null;
  /** Complete record to publish, or with `rua=<keep yours>` where DNS was not read; null: change nothing. */
  record: string | null;
  /** The change in words: "p=none to p=quarantine, leave all else". */
  change: string | null;
  /** First day on which the answer can change; null where no day can be told. */
  earliest: number | null;
  lowVolume: boolean;
  /** Highest failure ratio that little data still allow (3/n); null unless lowVolume. */
  highestFailureRatio: number | null;
  window: { from: number; to: number };
  gates: readonly Gate[];
  blockers: readonly Blocker[];
  own: ClassSums;
  forwarded: ClassSums;
  unauthorised: ClassSums;
  unknown: ClassSums;
  sources: readonly SourceNumbers[];
  questions: readonly ClassQuestion[];
  /** Rows whose only obstacle was a DNS error: in no rate. */
  notJudgedMessages: number;
  listUsers: boolean;
  /** What no report shows. Sentences. */
  blindSpots: readonly string[];
  /** Given with every step: how to go back. null where there is no step. */
  rollBack: {
    oldRecord: string | null;
    ttlSeconds: number | null;
    waitSeconds: number | null;
    watch: string;
    bound: string;
    untilDay: number;
  } | null;
  notes: readonly string[];
}
