import { reportedOf, reportedText } from '../reported.ts';
import type { Finding } from './ledger-rules.ts';

/** Numbers and texts that name a sum, with the sum as the last of them. */
export type SumRow = readonly (number | string)[];

const EXAMPLES = 5;

/** A row for each reporter of a sum, whose parts must add up to it. */
export function* byReporter(rows: Iterable<SumRow>): Generator<SumRow> {
  for (const row of rows) {
    const key = row.slice(0, -2);
    const reported = reportedOf(String(row.at(-1)));
    let left = Number(row.at(-2));
    for (const [reporter, messages] of reported) {
      left -= messages;
      yield [...key, reporter, messages];
    }
    if (left !== 0) yield [...key, -1, left];
  }
}

/** A row for each day of a span; one more where its text is not the one that there is for its days. */
export function* byDayOfSpan(rows: Iterable<SumRow>): Generator<SumRow> {
  for (const row of rows) {
    const [key, text] = [row.slice(0, -1), String(row.at(-1))];
    const days = reportedOf(text);
    for (const [place, messages] of days) yield [...key, place, messages];
    if (days.size === 0 || reportedText(days) !== text) yield [...key, DAYS_OF_SPAN, text];
  }
}

const DAYS_OF_SPAN = 32;

/** Goes through two sorted lists of sums side by side. */
export function compareSums(
  what: string,
  again: Iterator<SumRow>,
  stored: Iterator<SumRow>,
): Finding[] {
  const examples: string[] = [];
  let count = 0;
  const differs = (key: SumRow, now: unknown, before: unknown): void => {
    count += 1;
    const words = `${key.join(' ')}: stored ${String(before)}, counted ${String(now)}`;
    if (examples.length < EXAMPLES) examples.push(words);
  };
  let [left, right] = [nextOf(again), nextOf(stored)];
  while (left !== null || right !== null) {
    const order = left === null ? 1 : right === null ? -1 : compareKeys(left, right);
    if (order < 0 && left !== null) differs(left.slice(0, -1), left.at(-1), 'nothing');
    if (order > 0 && right !== null) differs(right.slice(0, -1), 'nothing', right.at(-1));
    if (order === 0 && left?.at(-1) !== right?.at(-1))
      differs(left?.slice(0, -1) ?? [], left?.at(-1), right?.at(-1));
    if (order <= 0) left = nextOf(again);
    if (order >= 0) right = nextOf(stored);
  }
  return count === 0 ? [] : [{ what, count, examples }];
}

function nextOf(rows: Iterator<SumRow>): SumRow | null {
  const next = rows.next();
  return next.done === true ? null : next.value;
}

/** As SQLite sorts numbers, and texts by their bytes; both lists have the same kinds in the same places. */
function compareKeys(a: SumRow, b: SumRow): number {
  for (let place = 0; place < a.length - 1; place += 1) {
    const [left, right] = [a[place] ?? 0, b[place] ?? 0];
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  }
  return 0;
}
