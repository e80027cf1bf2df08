import { useState } from 'preact/hooks';
import type { ReportResponse } from '../../server/api/contract-reports.ts';
import { rows } from '../endpoints.ts';
import { formatCount } from '../format.ts';
import { useResource } from '../use-resource.ts';
import { rowColumns } from './row-columns.tsx';
import { DataTable } from '../table/data-table.tsx';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';

const PAGE_ROWS = 50;

/** The rows of a report in its own order, a page at a time. */
export function ReportRows({ answer }: { answer: ReportResponse }) {
  const [offset, setOffset] = useState(0);
  const loaded = useResource(rows(answer.id, offset, PAGE_ROWS));
  const total = answer.records - answer.refusedRows;
  const last = Math.min(offset + PAGE_ROWS, total);
  return (
    <Show of={loaded} room="table">
      {({ rows: listed }) => (
        <>
          <DataTable
            id="rows"
            caption={
              <>
                What <Term of="dkim">DKIM</Term> and <Term of="spf">SPF</Term> said, whether it
                counted, and the <Term of="disposition">disposition</Term>.
              </>
            }
            columns={rowColumns(answer.domain)}
            rows={listed}
            rowKey={({ position }) => position}
            empty="The report has no rows that can be counted."
          />
          {total > PAGE_ROWS && (
            <p class="paging" aria-live="polite">
              <button
                type="button"
                disabled={offset === 0}
                onClick={() => setOffset(offset - PAGE_ROWS)}
              >
                ‹ Rows before
              </button>
              <span>
                {formatCount(offset + 1)} to {formatCount(last)} of {formatCount(total)}
              </span>
              <button
                type="button"
                disabled={last >= total}
                onClick={() => setOffset(offset + PAGE_ROWS)}
              >
                Rows after ›
              </button>
            </p>
          )}
        </>
      )}
    </Show>
  );
}
