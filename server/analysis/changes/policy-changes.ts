import type { PolicyPublished } from '../../../ingest/report.ts';
import type { DomainMail } from '../../store/domain-mail.ts';
import type { Change } from '../change-types.ts';
import { dayInWords } from '../verdict/in-words.ts';
import { operatorReader } from '../verdict/operators.ts';
import { isTimed } from '../verdict/reported.ts';

const TAGS = ['p', 'sp', 'np', 'adkim', 'aspf', 'pct', 't'] as const;
type Tag = (typeof TAGS)[number];

/** What one operator's newest report of a tag says, and how much mail stands behind it. */
interface Vote {
  value: string;
  messages: number;
  day: number;
}

interface TagChange {
  day: number;
  tag: Tag;
  before: string;
  after: string;
}

/** An operator that has been silent for longer has no vote. */
const VOTE_DAYS = 14;
/** Receivers keep a record for some days: what is taken back so soon never was a change. */
const SETTLING_DAYS = 3;

/**
 * Changes of policy as reports show them. A tag has the value that most messages have in each
 * operator's newest report; a change is on the day when that majority changed.
 */
export function policyChanges(mail: Pick<DomainMail, 'reports'>): Change[] {
  const byDay = new Map<number, TagChange[]>();
  const said = TAGS.map((tag) => ({ tag, days: saidByDay(mail, tag) }));
  const firstDay = Math.min(...said.flatMap(({ days }) => [...days.keys()]));
  const first = [...(said[0]?.days.get(firstDay)?.values() ?? [])];
  const beganAtNone = first.every(({ value }) => value === 'none');
  const changes = said.flatMap(({ tag, days }) =>
    tagChanges(tag, days, beganAtNone ? unsaidAtNone(tag) : null),
  );
  for (const change of changes) {
    const known = byDay.get(change.day) ?? [];
    byDay.set(change.day, [...known, change]);
  }
  return [...byDay]
    .map(([day, tags]): Change | null => changeOf(day, withoutEcho(tags)))
    .filter((change) => change !== null)
    .sort((a, b) => a.day - b.day);
}

/** null: the report cannot say. What means nothing at p=none is not said there. */
function valueOf(policy: PolicyPublished, tag: Tag): string | null {
  const p = policy.p ?? 'none';
  switch (tag) {
    case 'p':
      return p;
    case 'sp':
      return policy.sp ?? p;
    case 'np':
      return policy.np;
    case 'adkim':
    case 'aspf':
      return policy[tag] === 'strict' ? 's' : 'r';
    case 'pct':
      return p === 'none' || policy.pct === null ? null : String(policy.pct);
    case 't':
      return p === 'none' || policy.testing === null ? null : policy.testing ? 'y' : 'n';
  }
}

/** By day and operator: the value that most of its messages had. */
function saidByDay(
  { reports }: Pick<DomainMail, 'reports'>,
  tag: Tag,
): Map<number, Map<string, Vote>> {
  const operatorOf = operatorReader();
  const sums = new Map<
    string,
    { operator: string; day: number; value: string; messages: number }
  >();
  for (const report of reports.filter(isTimed)) {
    const value = valueOf(report.policyPublished, tag);
    if (value === null) continue;
    const operator = operatorOf(report.orgName, report.email).id;
    const day = report.lastDay;
    const key = `${day} ${value} ${operator}`;
    const sum = sums.get(key) ?? { operator, day, value, messages: 0 };
    // A report without messages still shows the policy.
    sum.messages += Math.max(1, report.messages);
    sums.set(key, sum);
  }
  const days = new Map<number, Map<string, Vote>>();
  for (const { operator, day, value, messages } of sums.values()) {
    const votes = days.get(day) ?? new Map<string, Vote>();
    const known = votes.get(operator);
    if (known === undefined || known.messages < messages) {
      votes.set(operator, { value, messages, day });
    }
    days.set(day, votes);
  }
  return days;
}

/** What stands for a tag that reports at p=none do not tell, so that a later one is seen to be new. */
function unsaidAtNone(tag: Tag): string | null {
  return tag === 'pct' ? '100' : tag === 't' ? 'n' : null;
}

/** @param begin the value before the first report; null: the first one seen is no change. */
function tagChanges(
  tag: Tag,
  days: ReadonlyMap<number, ReadonlyMap<string, Vote>>,
  begin: string | null,
): TagChange[] {
  const changes: TagChange[] = [];
  const newest = new Map<string, Vote>();
  let current = begin;
  for (const [day, votes] of [...days].sort(([a], [b]) => a - b)) {
    for (const [operator, vote] of votes) newest.set(operator, vote);
    const value = majorityOf(
      [...newest.values()].filter((vote) => day - vote.day < VOTE_DAYS),
      current,
    );
    if (value === current) continue;
    const last = changes.at(-1);
    if (last !== undefined && last.before === value && day - last.day <= SETTLING_DAYS)
      changes.pop();
    else if (current !== null) changes.push({ day, tag, before: current, after: value });
    current = value;
  }
  return changes;
}

/** Of equals the value that stands already, else the first by its letters. */
function majorityOf(votes: readonly Vote[], current: string | null): string {
  const sums = new Map<string, number>();
  for (const { value, messages } of votes) sums.set(value, (sums.get(value) ?? 0) + messages);
  const ranked = [...sums].sort(
    ([a, more], [b, less]) =>
      less - more || Number(b === current) - Number(a === current) || (a < b ? -1 : 1),
  );
  return ranked[0]?.[0] ?? current ?? '';
}

/** Without sp (np) where it only follows p. */
function withoutEcho(tags: readonly TagChange[]): TagChange[] {
  const p = tags.find(({ tag }) => tag === 'p');
  return tags.filter(
    ({ tag, before, after }) =>
      (tag !== 'sp' && tag !== 'np') || before !== p?.before || after !== p.after,
  );
}

function changeOf(day: number, tags: readonly TagChange[]): Change | null {
  if (tags.length === 0) return null;
  const after = tags.map((change) => `${change.tag}=${change.after}`).join('; ');
  const before = tags.map((change) => `${change.tag}=${change.before}`).join('; ');
  return {
    day,
    kind: 'policy',
    label: after,
    text: `From ${dayInWords(day)} on, most reports show ${after} instead of ${before}.`,
    sourceId: null,
  };
}
