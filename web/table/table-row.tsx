import { useState } from 'preact/hooks';
import { type Column, columnClass } from './column.ts';

/** One row; on a phone the columns that have no room open under it. */
export function TableRow<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  const [open, setOpen] = useState(false);
  const [first, ...others] = columns;
  const rest = others.filter(({ main }) => main !== true);
  if (first === undefined) return null;
  return (
    <tbody>
      <tr>
        <th scope="row">
          {first.cell(row)}
          {rest.length > 0 && (
            <button type="button" class="more" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'less' : 'more'}
              <span class="visually-hidden"> of this row</span>
            </button>
          )}
        </th>
        {others.map((column, place) => (
          <td key={column.key} class={columnClass(column, place + 1)}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {open && (
        <tr class="folded">
          <td colSpan={columns.length}>
            <dl>
              {rest.map((column) => (
                <div key={column.key}>
                  <dt>{column.label}</dt>
                  <dd>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </tbody>
  );
}
