import type { Disposition } from '../../ingest/report.ts';

/** What a step to one rung asks for. Ratios are parts of one. */
export interface RungSettings {
  /** Days of reports at the policy in force before this rung may be published (RFC 9989: a month). */
  daysAtPolicy: number;
  /** Highest part that mail without a class may have of own and unknown mail together. */
  unknownRatio: number;
  /** Lowest part of own mail that passes DMARC: as a lower bound in sum, as observed in each source. */
  alignedRatio: number;
  /** Fewest messages whose lower bound can reach `alignedRatio`; below it, mail is little. */
  messagesForBound: number;
  /** Fewest messages of little mail that bear one unexplained failure. */
  messagesForOneFailure: number;
  /** Highest part of passing own mail that rests on SPF alone, in sum; null: told, not required. */
  spfAloneRatio: number | null;
  /** The same of any own source; null: told, not required. */
  spfAloneRatioOfSource: number | null;
  /** Highest part of own mail that forwarded messages hit by the new policy may amount to. */
  forwardingLossRatio: number;
  /** At this rung, the part of own mail acted on in `goBackDays` above which to go back. */
  goBackRatio: number;
}

/** Every threshold of the verdict. Days are whole UTC days; ratios are parts of one. */
export interface VerdictSettings {
  quarantine: RungSettings;
  reject: RungSettings;
  /** Days that the verdict looks at. */
  windowDays: number;
  /** Days that it looks at where mail is little, as far as they are kept. */
  littleMailWindowDays: number;
  /** Little mail answers from this many passing own messages, */
  littleMailMessages: number;
  /** seen on this many days. */
  littleMailDays: number;
  /** Without a report in so many days there is nothing to judge. */
  noDataDays: number;
  /** Operators whose newest report is older than this, counted from the newest of all, have no vote on the policy in force. */
  policyVoteDays: number;
  /** Days from the day of a policy change on that are left out of comparisons, that day included. */
  changeDays: number;
  /** A source is new for so many days, */
  newSourceDays: number;
  /** and holds the gate open from this part of own mail on, or with any failure. */
  newSourceRatio: number;
  /** Turn of a source that was seen once. */
  seenOnceDays: number;
  /** A source that stayed away for so many of its turns has ended. */
  turnsUntilEnded: number;
  operators: number;
  /** Lowest part of the expected days on which a report came. */
  reportedDaysRatio: number;
  /** The newest report is stale after the larger of this and */
  staleDays: number;
  /** so many of the longest usual gaps. */
  staleGaps: number;
  /** Days with reports from which an operator's falling silent is worth telling. */
  operatorDays: number;
  /** After a step, highest part of own mail that receivers acted on. */
  actedRatioAfterStep: number;
  /** z above which the failure ratio after a step counts as higher: one-sided, 95%. */
  comparisonZ: number;
  goBackDays: number;
  goBackMessages: number;
  goBackActiveDays: number;
  /** The failures must have been seen on one of so many last days with reports. */
  goBackLastDays: number;
  /** After failures have ceased, and after a step, the days for which they are watched. */
  watchDays: number;
  /** A selector that passed aligned so many days ago or less must resolve. */
  selectorDays: number;
  /** Receivers stop evaluating SPF beyond so many look-ups (RFC 7208 §4.6.4). */
  spfLookups: number;
  /** A reading of DNS older than so many days tells nothing about today. */
  dnsDays: number;
  /** Days without own, forwarded and unknown mail before a domain that sends nothing may reject. */
  sendsNothingDays: number;
  /** A TTL above this is worth lowering before a step. */
  ttlSeconds: number;
}

export const defaultVerdictSettings: VerdictSettings = {
  quarantine: {
    daysAtPolicy: 30,
    unknownRatio: 0.01,
    alignedRatio: 0.98,
    messagesForBound: 189,
    messagesForOneFailure: 280,
    spfAloneRatio: null,
    spfAloneRatioOfSource: null,
    forwardingLossRatio: 0.01,
    goBackRatio: 0.01,
  },
  reject: {
    daysAtPolicy: 30,
    unknownRatio: 0.005,
    alignedRatio: 0.995,
    messagesForBound: 765,
    messagesForOneFailure: 1130,
    spfAloneRatio: 0.005,
    spfAloneRatioOfSource: 0.05,
    forwardingLossRatio: 0.005,
    goBackRatio: 0.005,
  },
  windowDays: 30,
  littleMailWindowDays: 90,
  littleMailMessages: 20,
  littleMailDays: 8,
  noDataDays: 90,
  policyVoteDays: 7,
  changeDays: 3,
  newSourceDays: 14,
  newSourceRatio: 0.01,
  seenOnceDays: 35,
  turnsUntilEnded: 2,
  operators: 2,
  reportedDaysRatio: 0.8,
  staleDays: 3,
  staleGaps: 2,
  operatorDays: 3,
  actedRatioAfterStep: 0.005,
  comparisonZ: 1.645,
  goBackDays: 7,
  goBackMessages: 3,
  goBackActiveDays: 2,
  goBackLastDays: 2,
  watchDays: 30,
  selectorDays: 7,
  spfLookups: 10,
  dnsDays: 3,
  sendsNothingDays: 90,
  ttlSeconds: 3600,
};

/** The rung that a policy asks for next; null at the top. */
export function rungAbove(rung: Disposition): 'quarantine' | 'reject' | null {
  return rung === 'none' ? 'quarantine' : rung === 'quarantine' ? 'reject' : null;
}

export function rungBelow(rung: Disposition): 'none' | 'quarantine' {
  return rung === 'reject' ? 'quarantine' : 'none';
}
