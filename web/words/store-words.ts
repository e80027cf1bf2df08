import type { StoreResponse } from '../../server/api/contract-store.ts';
import { formatBytes, formatCount, formatQuantity } from '../format.ts';

/** '12.4 MB, 1.0 MB of it free for what comes; 1 204 reports.' */
export function sizeWords(store: StoreResponse): string {
  const { bytes, freeBytes, reports, forgottenReports } = store;
  const free = freeBytes === 0 ? '' : `, ${formatBytes(freeBytes)} of it free for what comes`;
  const forgotten =
    forgottenReports === 0 ? '' : `, and ${formatCount(forgottenReports)} more forgotten, as asked`;
  return `${formatBytes(bytes)}${free}; ${formatQuantity(reports, 'report')}${forgotten}.`;
}

const daysWords = (days: number | null): string =>
  days === null ? 'for good' : `for ${formatQuantity(days, 'day')}`;

/** What is kept for how long, in sentences. */
export function keepWords({ keepDays, kept }: StoreResponse): string {
  const { xml, refused, otherMail } = keepDays;
  return (
    `Records for good. XML of reports ${daysWords(xml)}, of what could not be read ` +
    `${daysWords(refused)}: ${formatQuantity(kept, 'document')} now. ` +
    `Lines of the ledger about mail that was no report ${daysWords(otherMail)}.`
  );
}

/** What was let go the last time, or that nothing was old enough. */
export function letGoneWords({
  xml,
  refused,
  otherMail,
}: NonNullable<StoreResponse['letGone']>): string {
  const gone = [
    [xml, 'XML of', 'report'],
    [refused, 'XML of', 'refused document'],
    [otherMail, '', 'line of the ledger'],
  ] as const;
  const parts = gone.flatMap(([count, what, one]) => {
    if (count === 0) return [];
    const many = one === 'line of the ledger' ? 'lines of the ledger' : `${one}s`;
    return [`${what} ${formatQuantity(count, one, many)}`.trim()];
  });
  return parts.length === 0 ? 'nothing was old enough to go' : `${parts.join(', ')} went`;
}

/** What a verification said. */
export function verifiedWords({
  reports,
  withoutBytes,
  findings,
}: NonNullable<StoreResponse['verified']>): string {
  if (findings.length > 0) return 'Not all is as it was read.';
  const compared = reports - withoutBytes;
  const without =
    withoutBytes === 0
      ? ''
      : ` Of ${formatQuantity(withoutBytes, 'report')} the XML is no longer kept; their sums were compared.`;
  return `All is as it was read, ${formatQuantity(compared, 'report')} compared with ${compared === 1 ? 'its' : 'their'} XML.${without}`;
}
