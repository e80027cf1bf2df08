import type { ChangeResponse } from '../../server/api/contract-changes.ts';
import { formatQuantity } from '../format.ts';

/** What changed on one day. */
export interface DayChanges {
  day: string;
  label: string;
  texts: string[];
}

/** One entry a day, ascending, for the marks on a chart. */
export function byDay(changes: readonly ChangeResponse[]): DayChanges[] {
  const days = new Map<string, ChangeResponse[]>();
  for (const change of changes) {
    days.set(change.day, [...(days.get(change.day) ?? []), change]);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, all]) => ({
      day,
      label: all.length === 1 ? (all[0]?.label ?? '') : formatQuantity(all.length, 'change'),
      texts: all.map(({ text }) => text),
    }));
}

export const CHANGE_KINDS: Record<ChangeResponse['kind'], string> = {
  policy: 'policy, as reports show it',
  dns: 'DNS',
  'source-first': 'first mail of a source',
  'source-last': 'last mail of a source',
  note: 'note',
};
