import { parseIpAddress } from './ip-address.ts';
import type { RowProblem } from './report.ts';
import { bad, ok, type Result } from './result.ts';
import { copied, cutTo } from './text.ts';

export interface RowValues {
  sourceIp: string;
  count: number;
}

export interface RowRefusal {
  reason: RowProblem;
  /** What stood there. */
  detail: string;
}

/** Strict: no sign, no exponent, no point, no hex; only ASCII digits, and white space around them. */
const DIGITS = /^[0-9]+$/;
const SHOWN_CHARACTERS = 100;

/** @param mostCount messages that one row may claim. */
export function readRowValues(
  address: string | null,
  count: string | null,
  mostCount: number,
): Result<RowValues, RowRefusal> {
  const refuse = (reason: RowProblem, text: string) =>
    bad({ reason, detail: copied(cutTo(text, SHOWN_CHARACTERS)) });
  if (address === null || address.trim() === '') return refuse('address-missing', '');
  const sourceIp = parseIpAddress(address);
  if (sourceIp === null) return refuse('address-invalid', address);
  const digits = count?.trim() ?? '';
  if (digits === '') return refuse('count-missing', '');
  if (!DIGITS.test(digits)) return refuse('count-invalid', digits);
  const value = Number(digits);
  if (value === 0) return refuse('count-invalid', digits);
  return value > mostCount ? refuse('count-too-large', digits) : ok({ sourceIp, count: value });
}
