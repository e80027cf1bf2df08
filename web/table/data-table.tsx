import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { changeQuery, query } from '../navigation.ts';
import type { Column } from './column.ts';
import { type Sort, parseSort, sortRows, sortText } from './sort-rows.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';

interface DataTableProps<Row> {
  /** Short and unique on the page: names the table's sorting in the address. */
  id: string;
  caption: ComponentChildren;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  sort?: Sort;
  /** How many rows are shown at first. */
  first?: number;
  /** What to say instead of rows. */
  empty: ComponentChildren;
}

const FIRST_ROWS = 200;

/** A table that sorts by keyboard, keeps its sorting in the address, and folds on a phone. */
export function DataTable<Row>({
  id,
  caption,
  columns,
  rows,
  rowKey,
  sort,
  first = FIRST_ROWS,
  empty,
}: DataTableProps<Row>) {
  const [all, setAll] = useState(false);
  const sorted = useSorted(id, columns, rows, sort);
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  const shown = all ? sorted.rows : sorted.rows.slice(0, first);
  return (
    <>
      <table>
        <caption>{caption}</caption>
        <TableHead columns={columns} sort={sorted.sort} onSort={sorted.sortBy} />
        {shown.map((row) => (
          <TableRow key={rowKey(row)} columns={columns} row={row} />
        ))}
      </table>
      {shown.length < rows.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {formatCount(rows.length)}
        </button>
      )}
    </>
  );
}

function useSorted<Row>(
  id: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  fallback: Sort | undefined,
): { rows: readonly Row[]; sort: Sort | null; sortBy: (column: Column<Row>) => void } {
  const keys = columns.filter((column) => column.sortBy !== undefined).map(({ key }) => key);
  const parameter = `sort-${id}`;
  if (fallback === undefined) return { rows, sort: null, sortBy: () => undefined };
  const sort = parseSort(query.value.get(parameter), keys, fallback);
  const valueOf = columns.find(({ key }) => key === sort.key)?.sortBy;
  return {
    rows: valueOf === undefined ? rows : sortRows(rows, valueOf, sort.descending),
    sort,
    sortBy: ({ key, numeric }) => {
      const descending = sort.key === key ? !sort.descending : numeric === true;
      changeQuery({ [parameter]: sortText({ key, descending }) });
    },
  };
}
