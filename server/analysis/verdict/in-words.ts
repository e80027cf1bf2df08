/** Numbers, days and lists as sentences say them. */

const DAY_MILLISECONDS = 86_400_000;

/** 'YYYY-MM-DD' of a day since 1970-01-01, UTC. */
export function dayInWords(day: number): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** At most two decimals, rounded away from what would make it look whole: 99.996% is 99.99%. */
export function percentInWords(ratio: number): string {
  const percent = ratio * 100;
  const rounded = ratio < 1 ? Math.min(percent, 99.99) : percent;
  const text = rounded > 0 && rounded < 0.01 ? 'less than 0.01' : String(+rounded.toFixed(2));
  return `${text}%`;
}

export function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const messagesInWords = (messages: number) => countInWords(messages, 'message');
export const daysInWords = (days: number) => countInWords(days, 'day');

/** "A", "A and B", "A, B and C", "A, B, C and 4 more". */
export function listInWords(names: readonly string[], shown = 3): string {
  if (names.length === 0) return '';
  const more = names.length - shown;
  const parts = more > 0 ? [...names.slice(0, shown), `${more} more`] : [...names];
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
