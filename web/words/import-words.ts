import type { RunSummary } from '../../server/api/contract.ts';
import { formatCount, formatQuantity } from '../format.ts';

/** What a run of reading files brought, in one sentence. */
export function importSentence(summary: RunSummary): string {
  const { stored, duplicates, conflicts, refused, notReports, messages } = summary;
  const others = [
    duplicates > 0 ? `${formatCount(duplicates)} there already` : null,
    conflicts > 0 ? formatQuantity(conflicts, 'other version') : null,
    refused > 0 ? `${formatCount(refused)} refused` : null,
    notReports > 0 ? `${formatCount(notReports)} not a report` : null,
  ].filter((part) => part !== null);
  const news =
    stored === 0
      ? 'No new report'
      : `${formatQuantity(stored, 'new report')} about ${formatQuantity(messages, 'message')}`;
  return `${[news, ...others].join('; ')}.`;
}

/** How far reading has come; of how many is not always known. */
export const readingSentence = (seen: number, total: number | null): string =>
  total === null
    ? `reading, ${formatQuantity(seen, 'message')} so far`
    : `reading, ${formatCount(seen)} of ${formatQuantity(total, 'message')}`;
