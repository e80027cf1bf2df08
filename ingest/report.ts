/**
 * The vocabulary of an aggregate report, in the words of RFC 7489 (Appendix C) and RFC 9990:
 * camelCase of the XML element. `result` is what SPF or DKIM said; `aligned` is what DMARC
 * counted. Whatever the reporter did not say, or said in words the standards do not know,
 * is null: never zero, never a pass.
 */

export type AlignmentMode = 'relaxed' | 'strict';
export type Disposition = 'none' | 'quarantine' | 'reject';
/** RFC 9990 adds `pass` to what a receiver may have done. */
export type EvaluatedDisposition = Disposition | 'pass';
export type DkimResult =
  'none' | 'pass' | 'fail' | 'policy' | 'neutral' | 'temperror' | 'permerror';
export type SpfResult =
  'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'policy' | 'temperror' | 'permerror';
export type SpfScope = 'helo' | 'mfrom';
export type DiscoveryMethod = 'psl' | 'treewalk';
export type PolicyOverrideType =
  | 'forwarded'
  | 'sampled_out'
  | 'trusted_forwarder'
  | 'mailing_list'
  | 'local_policy'
  | 'policy_test_mode'
  | 'other';

/** `rfc9990` where the namespace or an element that only RFC 9990 knows says so. */
export type Dialect = 'rfc7489' | 'rfc9990';

export interface DateRange {
  /** The text as sent, trimmed; part of the report's identity. */
  begin: string;
  end: string;
  /** Unix seconds, UTC; null where the text is no such number. */
  beginSeconds: number | null;
  endSeconds: number | null;
}

export interface ReportMetadata {
  /** As sent, trimmed, control characters removed; '' where absent. */
  orgName: string;
  email: string | null;
  extraContactInfo: string | null;
  /** As sent, trimmed; '' where absent. */
  reportId: string;
  dateRange: DateRange;
  errors: string[];
  generator: string | null;
}

export interface PolicyPublished {
  /** Lower-case A-label without a trailing dot (domain-name.ts); '' where absent. */
  domain: string;
  p: Disposition | null;
  sp: Disposition | null;
  np: Disposition | null;
  adkim: AlignmentMode | null;
  aspf: AlignmentMode | null;
  /** 0 to 100; RFC 7489 only. */
  pct: number | null;
  fo: string | null;
  /** t=y was published; RFC 9990 only. */
  testing: boolean | null;
  discoveryMethod: DiscoveryMethod | null;
}

export interface PolicyOverrideReason {
  /** null where the type is missing or unknown; its words are then in `comment`. */
  type: PolicyOverrideType | null;
  comment: string | null;
}

export interface PolicyEvaluated {
  disposition: EvaluatedDisposition | null;
  /** DMARC's own evaluation: did an *aligned* DKIM signature (SPF identity) pass? */
  dkimAligned: boolean | null;
  spfAligned: boolean | null;
  reasons: PolicyOverrideReason[];
}

export interface Identifiers {
  headerFrom: string | null;
  /** '' is a null return path; null is "not said". */
  envelopeFrom: string | null;
  envelopeTo: string | null;
}

export interface DkimAuthResult {
  domain: string | null;
  selector: string | null;
  result: DkimResult | null;
  humanResult: string | null;
}

export interface SpfAuthResult {
  domain: string | null;
  scope: SpfScope | null;
  result: SpfResult | null;
  humanResult: string | null;
}

/** A record without its address and count; it repeats endlessly in real mail. */
export interface Profile {
  policyEvaluated: PolicyEvaluated;
  identifiers: Identifiers;
  dkim: DkimAuthResult[];
  spf: SpfAuthResult[];
}

/** One `<record>` that was read: who sent how many messages, and what became of them. */
export interface ReportRow {
  /** 0-based place among all `<record>` elements of the report, refused ones included. */
  position: number;
  /** Canonical text (ip-address.ts). */
  sourceIp: string;
  count: number;
  /** Index into `AggregateReport.profiles`. */
  profile: number;
}

export interface RefusedRow {
  position: number;
  reason: RowProblem;
  detail: string;
}

/** Why a row was refused. The report is kept without it, and says so. */
export type RowProblem =
  | 'count-missing'
  | 'count-invalid'
  | 'count-too-large'
  | 'address-missing'
  | 'address-invalid'
  | 'ambiguous'
  | 'record-too-large';

/** What was odd about a report that was stored all the same. Closed list; the page has a text for each. */
export type Warning =
  | 'address-not-global'
  | 'bare-ampersand'
  | 'control-characters-removed'
  | 'date-float'
  | 'date-unreadable'
  | 'date-before-2012'
  | 'date-span-long'
  | 'dkim-results-dropped'
  | 'domain-invalid'
  | 'element-repeated'
  | 'encoding-repaired'
  | 'foreign-wrapper'
  | 'id-missing'
  | 'identifiers-missing'
  | 'inconsistent-evaluation'
  | 'org-missing'
  | 'policy-invalid'
  | 'policy-missing'
  | 'raw-angle-bracket'
  | 'rows-refused'
  | 'rows-none'
  | 'trailing-bytes'
  | 'unstated-evaluation'
  | 'unknown-value';

export interface AggregateReport {
  dialect: Dialect;
  version: string | null;
  metadata: ReportMetadata;
  policyPublished: PolicyPublished;
  /** Distinct record bodies, in order of first appearance. */
  profiles: Profile[];
  rows: ReportRow[];
  /** `<record>` elements seen: rows plus refused rows. */
  recordCount: number;
  refusedRowCount: number;
  /** The first of them, at most `limits.refusedRowDetails`. */
  refusedRows: RefusedRow[];
  /** Each once, sorted. */
  warnings: Warning[];
}
