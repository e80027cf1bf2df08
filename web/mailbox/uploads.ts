import { signal } from '@preact/signals';
import { send } from '../api.ts';
import { importFile } from '../endpoints.ts';
import { type ImportProgress, imports } from '../live.ts';

/** A file that was handed over from this page. */
interface Upload {
  name: string;
  /** null until the server has taken the file. */
  importId: string | null;
  /** Set when the server did not take it. */
  error: string | null;
}

/** Kept outside any component: the first report that is stored replaces the page that sent it. */
const uploads = signal<readonly Upload[]>([]);

/** Sends files one after the other: thousands of them must not open thousands of connections. */
export async function uploadAll(files: readonly File[]): Promise<void> {
  for (const { name } of files) tell({ name, importId: null, error: null });
  for (const file of files) {
    const answer = await send(importFile(file));
    tell({
      name: file.name,
      importId: answer.ok ? answer.value.id : null,
      error: answer.ok ? null : answer.error.message,
    });
  }
}

function tell(upload: Upload): void {
  uploads.value = [...uploads.value.filter(({ name }) => name !== upload.name), upload];
}

/** A run of reading files, as far as is known. */
export interface ImportRun {
  key: string;
  name: string;
  /** Why the server did not take the file, or null. */
  error: string | null;
  sent: boolean;
  progress: ImportProgress | null;
}

/** Runs that this page began, and others that the server told of, such as those of the command line. */
export function importRuns(): ImportRun[] {
  const own = uploads.value.map(({ name, importId, error }) => ({
    key: importId ?? name,
    name,
    error,
    sent: importId !== null,
    progress: (importId === null ? undefined : imports.value.get(importId)) ?? null,
  }));
  const known = new Set(own.map(({ key }) => key));
  const others = [...imports.value.values()]
    .filter(({ id }) => !known.has(id))
    .map((progress) => ({
      key: progress.id,
      name: progress.name,
      error: null,
      sent: true,
      progress,
    }));
  return [...others, ...own];
}
