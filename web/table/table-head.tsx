import { type Column, columnClass } from './column.ts';
import type { Sort } from './sort-rows.ts';

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | null;
  onSort: (column: Column<Row>) => void;
}

export function TableHead<Row>({ columns, sort, onSort }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column, place) => (
          <th
            key={column.key}
            scope="col"
            class={columnClass(column, place)}
            aria-sort={ariaSort(column, sort)}
          >
            {column.sortBy === undefined || sort === null ? (
              column.label
            ) : (
              <button type="button" class="sort" onClick={() => onSort(column)}>
                {column.label}
                <span class="direction" aria-hidden="true">
                  {sort.key !== column.key ? '' : sort.descending ? '↓' : '↑'}
                </span>
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort<Row>(column: Column<Row>, sort: Sort | null) {
  if (sort === null || sort.key !== column.key) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}
