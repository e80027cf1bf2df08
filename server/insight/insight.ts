import type { Tally } from '../../ingest/outcome.ts';
import type { DkimResult, SpfResult } from '../../ingest/report.ts';
import type { BeforeAfter, Change, UnusedInclude } from '../analysis/change-types.ts';
import type { ClassifiedSource, ClassQuestion } from '../analysis/classified.ts';
import type { Verdict } from '../analysis/verdict-types.ts';
import type { Candidate, DifferenceKind, WhatIf } from '../analysis/what-if-types.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DayRange } from '../store/store.ts';

/**
 * What is known about a domain beyond its sums: its sources by class, the verdict, what-if, DNS and
 * changes. Reads the store, asks the pure functions of server/analysis, and keeps the answer until
 * the domain's mail or the user's words change. Days are days since 1970, UTC; `at` null is
 * yesterday. Every function gives null for a domain without a report.
 */
export interface Insight {
  verdict(domain: string, options: VerdictOptions): Promise<Verdict | null>;
  /** Sources with their sums over the range; classes are those of the range's end. */
  sources(domain: string, range: DayRange): Promise<SourceList | null>;
  /** Sources as the verdict of a day sees them, over its 30 days. */
  sourcesAt(domain: string, options: VerdictOptions): Promise<SourceList | null>;
  /** null also where the domain has no such source. */
  source(domain: string, sourceId: string, range: DayRange): Promise<SourceInsight | null>;
  /** Sums a day: of the domain by class, or of one source; null also where there is no such source. */
  days(domain: string, sourceId: string | null, range: DayRange): Promise<ClassDay[] | null>;
  whatIf(
    domain: string,
    candidate: Partial<Candidate>,
    options: VerdictOptions,
  ): Promise<WhatIfInsight | null>;
  changes(domain: string, range: DayRange): Promise<Change[] | null>;
  beforeAfter(domain: string, day: number): Promise<BeforeAfter | null>;
  dns(domain: string): Promise<DnsInsight | null>;
}

export interface VerdictOptions {
  /** null: yesterday. */
  at: number | null;
  /** True leaves DNS out: its gates are `not-asked`. */
  offline: boolean;
}

export interface SourceList {
  sources: SourceSums[];
  questions: ClassQuestion[];
  /** Names in the From line over the range, most messages first: the domain itself and its subdomains. */
  headerFroms: {
    domain: string | null;
    messages: number;
    dmarcAligned: number;
    /** Of them, own mail. */
    ownMessages: number;
    ownAligned: number;
  }[];
}

export interface SourceSums {
  source: ClassifiedSource;
  /** The class with its shade: `own-needs-work` is an own source below the next gate's threshold. */
  classShown: 'own' | 'own-needs-work' | 'forwarder' | 'unauthorised' | 'unknown';
  tally: Tally;
  /** null where it was not counted: that takes the base sums of all mail. */
  addresses: number | null;
  firstDay: number | null;
  lastDay: number | null;
  /** What passed without being aligned, most messages first, at most 3. */
  passedUnaligned: { by: 'spf' | 'dkim'; domain: string; messages: number }[];
  /** What to do, where it needs work. */
  advice: string | null;
}

export interface SourceInsight extends SourceSums {
  everyDays: number | null;
  addressRows: {
    sourceIp: string;
    tally: Tally;
    pointer: string | null;
    pointerConfirmed: boolean;
    /** 'Example Network (AS64496)'; null: not known. */
    asName: string | null;
  }[];
  signatures: {
    domain: string | null;
    selector: string | null;
    result: DkimResult | null;
    messages: number;
  }[];
  returnPaths: { domain: string | null; result: SpfResult | null; messages: number }[];
  receivers: { orgName: string; messages: number; dmarcAligned: number }[];
  reasons: { type: string | null; messages: number }[];
  headerFroms: { domain: string | null; messages: number }[];
}

export interface ClassDay {
  day: number;
  /** Any report covers the day; without one nobody knows. */
  reported: boolean;
  tally: Tally;
  /** Messages that others passed on, whatever their outcome. */
  forwarded: number;
  /** Of them, those that failed DMARC: a part of `tally.neither`, as `ownFailing` is. */
  forwardedFailing: number;
  /** Own mail that failed DMARC. */
  ownFailing: number;
  unauthorised: number;
  unknown: number;
}

export interface WhatIfInsight {
  /** The policy in force as reporters and DNS say. */
  inForce: Candidate;
  result: WhatIf;
  differencesByReporter: { orgName: string; kind: DifferenceKind; messages: number }[];
}

export interface DnsInsight {
  /** null: never asked yet. */
  newest: DnsSnapshot | null;
  history: { askedSeconds: number; changes: string[] }[];
  unusedIncludes: UnusedInclude[];
}
