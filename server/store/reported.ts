/**
 * Who told of the messages of one sum: reporters by row id, ascending, each with its part, written as
 * '12 3 15 1' beside the sum. One text for a sum, so that equal sums are equal rows.
 */
export type Reported = Map<number, number>;

export function reportedText(reported: ReadonlyMap<number, number>): string {
  if (reported.size === 1) {
    for (const [reporterId, messages] of reported) return `${reporterId} ${messages}`;
  }
  return [...reported]
    .sort(([a], [b]) => a - b)
    .map(([reporterId, messages]) => `${reporterId} ${messages}`)
    .join(' ');
}

export function reportedOf(text: string): Reported {
  const reported: Reported = new Map();
  eachPair(text, (reporterId, messages) => reported.set(reporterId, messages));
  return reported;
}

const SPACE = 32;
const ZERO = 48;

/**
 * Calls back for each pair of numbers of such a text, without making anything of it: there are many,
 * here and in answers of queries that are written the same way.
 */
export function eachPair(text: string, found: (first: number, second: number) => void): void {
  let first = -1;
  let number = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? SPACE : text.charCodeAt(at);
    if (code !== SPACE) {
      number = number * 10 + code - ZERO;
      continue;
    }
    if (first === -1) first = number;
    else {
      found(first, number);
      first = -1;
    }
    number = 0;
  }
}
