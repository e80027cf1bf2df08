import type { ReportsQuery } from '../../server/api/contract-reports.ts';
import { isDay } from '../period.ts';

const TEXTS = ['domain', 'org', 'source', 'address', 'cursor'] as const;
const DAYS = ['from', 'to'] as const;

/** The filter that the address of the list of reports holds; each day may stand alone. */
export function reportsQueryOf(params: URLSearchParams): ReportsQuery {
  const filter: ReportsQuery = {};
  for (const name of TEXTS) {
    const value = params.get(name) ?? '';
    if (value !== '') filter[name] = value;
  }
  for (const name of DAYS) {
    const value = params.get(name) ?? '';
    if (isDay(value)) filter[name] = value;
  }
  return filter;
}
