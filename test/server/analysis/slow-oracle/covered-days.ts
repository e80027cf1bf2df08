import type { MailSpec } from '../mail/story.ts';
import { storyOf } from '../mail/story.ts';
import { isAligned, type RawRecord } from './records.ts';
import { type Between, total } from './sums.ts';

/** Records that show that receivers see the domain's mail: any but unauthorised and failing own. */
export function vouching(records: readonly RawRecord[], mailFrom: number): RawRecord[] {
  return records.filter(
    (record) =>
      record.timed &&
      record.day >= mailFrom &&
      record.class !== 'unauthorised' &&
      (isAligned(record) || record.class !== 'own'),
  );
}

/** Days of the week, Thursday first, on which nine of ten days before the window brought a report. */
function habit(days: ReadonlySet<number>, first: number, last: number): number[] | null {
  if (last - first < 20) return null;
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const usual = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => {
    const such = all.filter((day) => day % 7 === weekday);
    return such.filter((day) => days.has(day)).length >= 0.9 * such.length;
  });
  return usual.length >= 5 ? usual : null;
}

/** The part of the expected days that brought a report; null without any report. */
export function coveredRatio(
  records: readonly RawRecord[],
  window: Between,
  mailFrom: number,
  gapDays: number,
): number | null {
  const days = new Set(vouching(records, mailFrom).map(({ day }) => day));
  if (days.size === 0) return null;
  const first = Math.min(...days);
  const last = window.from - first >= 21 ? window.from - 1 : window.to;
  const weekdays = habit(days, first, last);
  const begin = Math.max(first, window.from);
  const looked = Array.from({ length: window.to - begin + 1 }, (_, index) => begin + index);
  const came = looked.filter((day) => days.has(day));
  if (weekdays !== null) {
    const due = looked.filter((day) => weekdays.includes(day % 7));
    return due.filter((day) => days.has(day)).length / due.length;
  }
  const missed = looked.filter((day) => {
    const heard = looked.filter((earlier) => earlier <= day && days.has(earlier));
    const silence = day - Math.max(begin - 1, ...heard);
    return silence > 0 && silence % gapDays === 0;
  });
  return came.length === 0 && missed.length === 0
    ? null
    : came.length / (came.length + missed.length);
}

/**
 * Days of the policy in force, from the first record that vouches and shows it to the newest. Each
 * operator's newest day has a vote of its messages, unless it is a week older than the newest of all.
 */
export function policyDays(spec: MailSpec, records: readonly RawRecord[]): number {
  const story = storyOf(spec);
  const heard = vouching(records, story.from);
  if (heard.length === 0) return 0;
  const force = (day: number): string => {
    const { p, pct, testing } = story.policyOn(day);
    return p === null || p === 'none' ? 'none' : JSON.stringify([p, pct ?? 100, testing ?? false]);
  };
  const newest = Math.max(...heard.map(({ day }) => day));
  const votes = [...new Set(heard.map(({ operator }) => operator))]
    .map((operator) => {
      const its = heard.filter((one) => one.operator === operator);
      const day = Math.max(...its.map((one) => one.day));
      return { operator, day, weight: total(its.filter((one) => one.day === day)) };
    })
    .filter(({ day }) => newest - day < 7);
  const forces = [...new Set(votes.map(({ day }) => force(day)))].map((name) => {
    const such = votes.filter(({ day }) => force(day) === name);
    const weight = such.reduce((sum, one) => sum + one.weight, 0);
    return { name, such, weight, day: Math.max(...such.map(({ day }) => day)) };
  });
  const [winner] = forces.sort((a, b) => b.weight - a.weight || b.day - a.day);
  const agreeing = new Set(winner?.such.map(({ operator }) => operator));
  const days = heard.filter(({ operator }) => agreeing.has(operator)).map(({ day }) => day);
  const lastOther = Math.max(-Infinity, ...days.filter((day) => force(day) !== winner?.name));
  return newest - Math.min(...days.filter((day) => day > lastOther)) + 1;
}
