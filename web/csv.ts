/**
 * A table as CSV (RFC 4180) that a spreadsheet cannot take for formulas: reporters choose their
 * own names, and `=HYPERLINK(...)` is one that a stranger may choose.
 */
export type CsvCell = string | number | null;

/** Characters without width that may hide a formula's first sign from the eye and from naive checks. */
const INVISIBLE = '[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff]';
/** What spreadsheets take for the start of a formula, full-width forms included. */
const FORMULA = new RegExp(`^(?:${INVISIBLE}|\\s)*[=+\\-@\\t\\r＝＋－＠]`, 'u');
const CONTROL_FIRST = /^[\t\r\n]/;

/** All cells quoted, lines ended by CRLF; null is an empty cell. Numbers stay as they are. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '""';
  if (typeof cell === 'number') return `"${cell}"`;
  return `"${neutralised(cell).replaceAll('"', '""')}"`;
}

const neutralised = (text: string): string =>
  FORMULA.test(text) || CONTROL_FIRST.test(text) ? `'${text}` : text;
