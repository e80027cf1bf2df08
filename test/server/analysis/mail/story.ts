import type { EvaluatedDisposition, PolicyPublished } from '../../../../ingest/report.ts';
import { type Day, dayNumber } from './days.ts';

/** One row of a story: what a source sends, and on which days. */
export interface MailRow {
  /** 'service:google', 'spf:example.org' (own, if it is the domain), 'as:63949 Linode'. */
  source: string;
  /** First and last day; by default the last 30 days. */
  days?: readonly [Day, Day];
  /** These days only, instead of a range. */
  on?: readonly Day[];
  /** Of the range only these: 0 is Sunday. */
  weekdays?: readonly number[];
  /** Messages on each of the days. */
  messages: number;
  /** Author domain; the policy domain by default. */
  from?: string;
  /** 'pass example.org google': result, d=, selector ('-': not said). */
  dkim?: readonly string[];
  /** 'pass example.org', 'softfail host.example helo'. */
  spf?: readonly string[];
  /** By default what SPF checked as mfrom, null without; '' is a null return path. */
  envelopeFrom?: string | null;
  /** What DMARC counted; by default it follows from the results. null: not said. */
  dkimAligned?: boolean | null;
  spfAligned?: boolean | null;
  /** By default the policy's for mail that fails without a reason, else none. */
  disposition?: EvaluatedDisposition;
  /** 'mailing_list', 'local_policy arc=pass'. */
  reasons?: readonly string[];
  timed?: boolean;
  /** Only these reporters saw it; by default all. */
  reporters?: readonly string[];
}

/** A policy from a day on; of several the last one begun. */
export type PolicyRow = Partial<PolicyPublished> & { since?: Day };

export interface ReporterRow {
  /** Organisation name, as it calls itself. */
  org: string;
  email?: string | null;
  /** Of the domain's mail, in relation to the others that report on the day. */
  share?: number;
  /** First and last day it reports on; by default every day. */
  days?: readonly [Day, Day];
  /** What it read in DNS, where that differs from the domain's. */
  policy?: PolicyRow | readonly PolicyRow[];
}

export interface MailSpec {
  /** 'example.org' by default. */
  domain?: string;
  /** Last day looked at; 2026-06-30 by default. */
  at?: Day;
  /** First day with sums by day; by default the 90th with `at`. */
  from?: Day;
  rows: readonly MailRow[];
  /** p=none, all relaxed, by default. */
  policy?: PolicyRow | readonly PolicyRow[];
  /** Google with 60% and Microsoft with 40% by default. */
  reporters?: readonly ReporterRow[];
  otherPolicyDomains?: readonly string[];
}

export interface Reporter extends Required<Pick<ReporterRow, 'org' | 'share'>> {
  email: string | null;
  days: readonly [number, number];
  policyOn: (day: number) => PolicyPublished;
}

/** A spec with its defaults. */
export interface Story {
  domain: string;
  at: number;
  from: number;
  rows: readonly MailRow[];
  reporters: readonly Reporter[];
  policyOn: (day: number) => PolicyPublished;
}

const DEFAULT_REPORTERS: readonly ReporterRow[] = [
  { org: 'google.com', email: 'noreply-dmarc-support@google.com', share: 6 },
  { org: 'Outlook.com', email: 'dmarcreport@microsoft.com', share: 4 },
];

export function storyOf(spec: MailSpec): Story {
  const domain = spec.domain ?? 'example.org';
  const at = dayNumber(spec.at ?? '2026-06-30', 0);
  const policyOn = policyReader(spec.policy, domain, at);
  return {
    domain,
    at,
    from: dayNumber(spec.from ?? -89, at),
    rows: spec.rows,
    policyOn,
    reporters: (spec.reporters ?? DEFAULT_REPORTERS).map((row) => ({
      org: row.org,
      email: row.email ?? null,
      share: row.share ?? 1,
      days: [dayNumber(row.days?.[0] ?? 1, at), dayNumber(row.days?.[1] ?? 0, at)],
      policyOn: row.policy === undefined ? policyOn : policyReader(row.policy, domain, at),
    })),
  };
}

function policyReader(
  policy: MailSpec['policy'],
  domain: string,
  at: number,
): (day: number) => PolicyPublished {
  const rows = [policy ?? {}].flat();
  return (day) => {
    const begun = rows.filter(({ since }) => dayNumber(since ?? 1, at) <= day).at(-1) ?? {};
    return {
      domain: begun.domain ?? domain,
      p: begun.p === undefined ? 'none' : begun.p,
      sp: begun.sp ?? null,
      np: begun.np ?? null,
      adkim: begun.adkim ?? 'relaxed',
      aspf: begun.aspf ?? 'relaxed',
      pct: begun.pct === undefined ? 100 : begun.pct,
      fo: begun.fo ?? null,
      testing: begun.testing ?? null,
      discoveryMethod: begun.discoveryMethod ?? null,
    };
  };
}
