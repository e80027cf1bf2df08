/** 'YYYY-MM-DD', a day since 1970-01-01 UTC, or (0 and below) days from the last day looked at. */
export type Day = string | number;

const DAY_MILLISECONDS = 86_400_000;

export function dayNumber(day: Day, at: number): number {
  if (typeof day === 'string') return Date.parse(`${day}T00:00:00Z`) / DAY_MILLISECONDS;
  return day <= 0 ? at + day : day;
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  // Day 0 was a Thursday.
  return (day + 4) % 7;
}
