import type { Disposition, PolicyPublished } from '../../../ingest/report.ts';
import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { DomainMail } from '../../store/domain-mail.ts';
import { rungBelow, type VerdictSettings } from '../verdict-settings.ts';
import type { PolicyInForce } from '../verdict-types.ts';
import { dayInWords, listInWords } from './in-words.ts';
import { operatorReader } from './operators.ts';
import { isTimed, type Reported } from './reported.ts';

/** The three tags that say how hard a policy is; pct and t mean nothing at p=none. */
export interface Force {
  p: Disposition;
  pct: number;
  testing: boolean;
}

/** A missing p reads as none: with a working rua, and these reports came (RFC 9989 §4.10.1). */
export function forceOf(policy: Pick<PolicyPublished, 'p' | 'pct' | 'testing'>): Force {
  const p = policy.p ?? 'none';
  if (p === 'none') return { p, pct: 100, testing: false };
  return { p, pct: policy.pct ?? 100, testing: policy.testing ?? false };
}

/** pct below 100 and t=y ask for the policy one level lower. */
export function rungOf({ p, pct, testing }: Force): Disposition {
  return p !== 'none' && (pct < 100 || testing) ? rungBelow(p) : p;
}

export function forceInWords({ p, pct, testing }: Force): string {
  return `p=${p}${pct < 100 ? `; pct=${pct}` : ''}${testing ? '; t=y' : ''}`;
}

export function sameForce(a: Force, b: Force): boolean {
  return a.p === b.p && a.pct === b.pct && a.testing === b.testing;
}

/** The policy in force, and since when. */
export interface InForce extends PolicyInForce {
  force: Force;
  /** What came before it, where a report still shows it. */
  before: Force | null;
  /** Days from its first report to the newest, both included; 0 where DNS says otherwise today. */
  days: number;
  /** DNS publishes something else today; null where it agrees or was not asked. */
  published: Force | null;
}

interface Told {
  operator: string;
  name: string;
  policy: PolicyPublished;
  force: Force;
  firstDay: number;
  lastDay: number;
  endSeconds: number;
  weight: number;
}

/**
 * The policy that the majority of messages has in each operator's newest report, counted over mail
 * that vouches for reports; over all mail where nothing else was reported. null without a report.
 */
export function policyInForce(
  mail: DomainMail,
  reported: Reported,
  dns: DnsSnapshot | null,
  settings: VerdictSettings,
): InForce | null {
  const { told, vouches } = toldPolicies(mail, reported);
  const votes = newestOfEach(told, settings.policyVoteDays);
  const winner = majorityOf(votes);
  if (winner === null) return null;
  const dissenters = votes.filter(({ force }) => !sameForce(force, winner.force));
  const agreeing = new Set(votes.filter((vote) => !dissenters.includes(vote)).map(operatorOfVote));
  const heard = told.filter((one) => agreeing.has(one.operator));
  const other = lastOf(heard.filter(({ force }) => !sameForce(force, winner.force)));
  const same = heard.filter(({ force }) => sameForce(force, winner.force));
  const since = sinceDayOf(same, other?.lastDay ?? null);
  const newest = Math.max(...told.map(({ lastDay }) => lastDay));
  const published = publishedOtherwise(dns, winner.force);
  return {
    policy: winner.policy,
    rung: rungOf(winner.force),
    sinceDay: other === undefined ? null : since,
    disputed: disputeInWords(dissenters, published, winner.force, newest),
    force: winner.force,
    before: other?.force ?? null,
    days: published === null && vouches ? newest - since + 1 : 0,
    published,
  };
}

const operatorOfVote = ({ operator }: Told): string => operator;

/** By the mail that vouches; else by all but unauthorised mail; else by every report there is. */
function toldPolicies(mail: DomainMail, reported: Reported): { told: Told[]; vouches: boolean } {
  const operatorOf = operatorReader();
  const timed = mail.reports.filter(isTimed);
  const vouching = new Map(reported.operators.map(({ id, days }) => [id, days]));
  for (const days of [vouching, reported.heard]) {
    const told = timed.map((report) => toldBy(report, operatorOf, days));
    const heard = told.filter(({ weight }) => weight > 0);
    if (heard.length > 0) return { told: heard, vouches: days === vouching };
  }
  const all = timed.length > 0 ? timed : mail.reports.map(asTimed);
  const told = all.map((report) => toldBy(report, operatorOf, new Map()));
  return { told: told.map((one) => ({ ...one, weight: 1 })), vouches: false };
}

function toldBy(
  report: TimedReport,
  operatorOf: ReturnType<typeof operatorReader>,
  messages: ReadonlyMap<string, ReadonlyMap<number, number>>,
): Told {
  const { policyPublished: policy, firstDay, lastDay, endSeconds } = report;
  const operator = operatorOf(report.orgName, report.email);
  let weight = 0;
  for (let day = firstDay; day <= lastDay; day += 1)
    weight += messages.get(operator.id)?.get(day) ?? 0;
  const told = { policy, firstDay, lastDay, endSeconds, weight };
  return { operator: operator.id, name: operator.name, force: forceOf(policy), ...told };
}

type TimedReport = DomainMail['reports'][number] & {
  firstDay: number;
  lastDay: number;
  endSeconds: number;
};

/** Where no report tells of time, those there are still tell the policy. */
function asTimed(report: DomainMail['reports'][number]): TimedReport {
  const endSeconds = report.endSeconds ?? 0;
  const day = report.lastDay ?? Math.floor(endSeconds / 86_400);
  return { ...report, endSeconds, firstDay: report.firstDay ?? day, lastDay: day };
}

function newestOfEach(told: readonly Told[], voteDays: number): Told[] {
  const newest = new Map<string, Told>();
  for (const one of told) {
    const known = newest.get(one.operator);
    if (known === undefined || byEnd(known, one) < 0) newest.set(one.operator, one);
  }
  const last = Math.max(...[...newest.values()].map(({ lastDay }) => lastDay));
  return [...newest.values()].filter(({ lastDay }) => last - lastDay < voteDays);
}

function lastOf(told: readonly Told[]): Told | undefined {
  let last = told[0];
  for (const one of told) if (last !== undefined && byEnd(last, one) < 0) last = one;
  return last;
}

/** By end; of reports that end together the one with the lower policy is the later. */
function byEnd(a: Told, b: Told): number {
  if (a.endSeconds !== b.endSeconds) return a.endSeconds - b.endSeconds;
  if (a.policy === b.policy) return 0;
  const [keyOfA, keyOfB] = [forceKey(a), forceKey(b)];
  return keyOfA < keyOfB ? 1 : keyOfA > keyOfB ? -1 : 0;
}

const RUNGS: readonly Disposition[] = ['none', 'quarantine', 'reject'];

function forceKey({ force, policy }: Told): string {
  return `${RUNGS.indexOf(rungOf(force))}${forceInWords(force)}${JSON.stringify(policy)}`;
}

function majorityOf(votes: readonly Told[]): Told | null {
  const sums = new Map<string, number>();
  for (const { force, weight } of votes) {
    const key = forceInWords(force);
    sums.set(key, (sums.get(key) ?? 0) + weight);
  }
  const weightOf = ({ force }: Told): number => sums.get(forceInWords(force)) ?? 0;
  // Between equals the newer report knows better.
  const ranked = [...votes].sort((a, b) => weightOf(b) - weightOf(a) || byEnd(b, a));
  return ranked[0] ?? null;
}

/** First day of a report that shows the policy after the last one that showed another. */
function sinceDayOf(same: readonly Told[], lastOtherDay: number | null): number {
  const after = same
    .map(({ firstDay }) => firstDay)
    .filter((day) => lastOtherDay === null || day > lastOtherDay);
  return after.length > 0 ? Math.min(...after) : (lastOtherDay ?? 0) + 1;
}

function publishedOtherwise(dns: DnsSnapshot | null, force: Force): Force | null {
  const effective = dns?.dmarc.effective;
  if (effective === null || effective === undefined) return null;
  const published = forceOf(effective);
  return sameForce(published, force) ? null : published;
}

function disputeInWords(
  dissenters: readonly Told[],
  published: Force | null,
  force: Force,
  newestDay: number,
): string | null {
  const parts: string[] = [];
  if (published !== null)
    parts.push(
      `DNS publishes ${forceInWords(published)} now; the reports up to ${dayInWords(newestDay)} show ${forceInWords(force)}.`,
    );
  if (dissenters.length > 0) {
    const named = dissenters.map((one) => `${one.name} (${forceInWords(one.force)})`).sort();
    parts.push(`Another policy stands in the newest report of ${listInWords(named)}.`);
  }
  return parts.length === 0 ? null : parts.join(' ');
}
