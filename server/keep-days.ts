import { bad, ok, type Result } from '../ingest/result.ts';

/**
 * For how many days of 24 hours something is kept; null is for ever. Records are no part of this: they
 * are removed by `ruadmap forget` alone.
 */
export interface KeepDays {
  /** XML of reports. Two years: a yearly sender counts by two past occurrences, and can be looked at. */
  xml: number | null;
  /** XML that could not be read. Half a year: a later version that reads it has come by then. */
  refused: number | null;
  /** Ledger rows of mail that was no report. Three months: as far back as a verdict looks. */
  otherMail: number | null;
}

/** A century: more is meant as for ever. */
const MOST_DAYS = 36_500;

/** A number of days, or `forever`. */
export function decodeKeepDays(text: string): Result<number | null, string> {
  if (text === 'forever') return ok(null);
  const days = /^[0-9]{1,5}$/.test(text) ? Number(text) : NaN;
  if (days >= 1 && days <= MOST_DAYS) return ok(days);
  return bad(`"${text}" is neither a number of days from 1 to ${MOST_DAYS} nor forever.`);
}
