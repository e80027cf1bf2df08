import { type CsvCell, toCsv } from '../csv.ts';

interface CsvButtonProps {
  fileName: string;
  header: readonly string[];
  rows: () => readonly (readonly CsvCell[])[];
}

/** Hands the numbers of a table over as a file. */
export function CsvButton({ fileName, header, rows }: CsvButtonProps) {
  return (
    <button type="button" class="quiet" onClick={() => download(fileName, toCsv(header, rows()))}>
      Download CSV
    </button>
  );
}

function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
