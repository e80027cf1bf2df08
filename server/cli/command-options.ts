import { CommandEnd, exitStatus } from '../exit-status.ts';
import { dayNumber as numberOf } from '../store/days.ts';

export const JSON_OPTION = ['--json', 'print JSON'] as const;

/** A UTC day of a command line, as it was written. */
export function day(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new CommandEnd(exitStatus.usage, `"${value}" is no day. Write it as 2026-11-23.`);
}

/** The same in days since 1970. */
export const dayNumber = (value: string): number => numberOf(day(value));

/** One of a closed list of words. */
export const oneOf =
  <const T extends string>(words: readonly T[]) =>
  (value: string): T => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw new CommandEnd(exitStatus.usage, `"${value}" is none of ${words.join(', ')}.`);
  };
