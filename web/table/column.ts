import type { ComponentChildren } from 'preact';
import type { SortValue } from './sort-rows.ts';

/** A column of a table: how it is headed, ordered and shown. */
export interface Column<Row> {
  key: string;
  label: string;
  numeric?: boolean;
  /** Stays on a phone; the other columns open under their row. The first column always stays. */
  main?: boolean;
  sortBy?: (row: Row) => SortValue;
  cell: (row: Row) => ComponentChildren;
}

/** Class of a cell: numbers are right-aligned, and what is not main folds away on a phone. */
export const columnClass = <Row>(column: Column<Row>, place: number): string =>
  [column.numeric === true ? 'number' : '', column.main === true || place === 0 ? '' : 'rest']
    .join(' ')
    .trim();
