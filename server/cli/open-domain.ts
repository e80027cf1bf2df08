import { domainName } from '../../ingest/domain-name.ts';
import { asNameOf } from '../as-names.ts';
import type { Insight } from '../insight/insight.ts';
import { createInsight } from '../insight/open-insight.ts';
import type { ProgramFiles } from '../program-files.ts';
import { printable, printableJson } from './printable.ts';
import { withReader } from './read-store.ts';

/** What a command about one domain is given. */
export interface DomainCommand {
  files: ProgramFiles;
  dataDir: string;
  domain: string;
  json: boolean;
  nowSeconds: () => number;
}

/** Opens the store for a question about one domain, however its name is written. */
export async function aboutDomain<T>(
  { files, dataDir, domain, nowSeconds }: DomainCommand,
  answer: (insight: Insight, domain: string) => Promise<T>,
): Promise<T> {
  return withReader(files, dataDir, async (reader) => {
    const insight = createInsight({ reader, nowSeconds, asName: asNameOf(files) });
    return answer(insight, domainName(domain).domain);
  });
}

/** Lines on standard output, or one of JSON. */
export function print(json: boolean, value: unknown, lines: () => readonly string[]): void {
  const text = json ? printableJson(value) : lines().map(printable).join('\n');
  process.stdout.write(text + '\n');
}

/** A table in plain text; numbers are set right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`;
