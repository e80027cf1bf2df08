/** Arithmetic over UTC days, 'YYYY-MM-DD'. A period includes both its ends. */
export interface Period {
  from: string;
  to: string;
}

/** Length of the period that is shown when the address names none. */
export const DEFAULT_DAYS = 30;
const DAY_SECONDS = 86_400;

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000 / DAY_SECONDS;
const dayOfNumber = (number: number): string =>
  new Date(number * DAY_SECONDS * 1000).toISOString().slice(0, 10);

/** Unix seconds of the day's first moment. */
export const daySeconds = (day: string): number => dayNumber(day) * DAY_SECONDS;
/** The UTC day that holds a moment. */
export const dayOf = (seconds: number): string => dayOfNumber(Math.floor(seconds / DAY_SECONDS));
export const addDays = (day: string, days: number): string => dayOfNumber(dayNumber(day) + days);

/** Days of the period, both ends counted. */
export const lengthOf = ({ from, to }: Period): number => dayNumber(to) - dayNumber(from) + 1;

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const number = dayNumber(text);
  return Number.isInteger(number) && dayOfNumber(number) === text;
}

/** The last `days` full UTC days: today is not over, so it is left out. */
export function lastFullDays(days: number, nowSeconds: number): Period {
  const to = addDays(dayOf(nowSeconds), -1);
  return { from: addDays(to, 1 - days), to };
}

/** The period of an address, or null where it names none or no real one. */
export function periodOf(query: URLSearchParams): Period | null {
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  return isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/** The period of the same length right before (-1) or after (1). */
export function shiftPeriod(period: Period, direction: -1 | 1): Period {
  const days = direction * lengthOf(period);
  return { from: addDays(period.from, days), to: addDays(period.to, days) };
}

/** `days` days that end with the given one. */
export const daysUpTo = (to: string, days: number): Period => ({
  from: addDays(to, 1 - days),
  to,
});
