import type { BeforeAfter, Change } from '../analysis/change-types.ts';
import type { BeforeAfterResponse, ChangeResponse } from './contract-changes.ts';
import { dayText } from './day-range.ts';

export const changeJson = ({ day, sourceId, ...change }: Change): ChangeResponse => ({
  day: dayText(day),
  ...change,
  source: sourceId,
});

export const beforeAfterJson = (compared: BeforeAfter): BeforeAfterResponse => ({
  day: dayText(compared.day),
  before: periodJson(compared.before),
  after: periodJson(compared.after),
  sources: compared.sources.map(({ sourceId, lastDay, ...source }) => ({
    id: sourceId,
    ...source,
    lastDay: lastDay === null ? null : dayText(lastDay),
  })),
  moving: [...compared.moving],
});

const periodJson = ({ from, to }: { from: number; to: number }) => ({
  from: dayText(from),
  to: dayText(to),
});
