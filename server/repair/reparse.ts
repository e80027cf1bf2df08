import type { KeptReader } from '../../ingest/read-document.ts';
import { differencesOf, valueOf } from '../store/check/report-value.ts';
import type { StoreCheck } from '../store/check/store-check.ts';
import type { StoreWriter } from '../store/store.ts';
import { readWholeBytes } from './kept-reading.ts';

/** What became of reading stored reports again. */
export interface Reparsed {
  reports: number;
  unchanged: number;
  withoutBytes: number;
  /** Read otherwise now, and put in the place of the old reading. One forgotten meanwhile is in no list. */
  changed: { id: number; changes: string[] }[];
  /** Not readable now, or not any more where the kept bytes are damaged: what was stored stays. */
  refused: { id: number; reason: string; detail: string }[];
}

/**
 * Reads every report (or one) again from its kept bytes, with today's parser. Each that is read
 * otherwise takes the place of what was stored in a transaction of its own, sums and all.
 */
export async function reparseReports(
  check: StoreCheck,
  reader: KeptReader,
  writer: StoreWriter,
  only: number | null,
): Promise<Reparsed> {
  const done: Reparsed = { reports: 0, unchanged: 0, withoutBytes: 0, changed: [], refused: [] };
  for (const { id, contentSha256, warnings, value, kept } of check.reports(only)) {
    done.reports += 1;
    if (kept === null) {
      done.withoutBytes += 1;
      continue;
    }
    const read = await readWholeBytes(reader, kept, contentSha256, warnings);
    if (!read.ok) {
      done.refused.push({ id, reason: 'damaged', detail: `the kept bytes: ${read.problem}` });
      continue;
    }
    const { result } = read.value;
    if (!result.ok) {
      const { reason, detail } = result.problem;
      done.refused.push({ id, reason, detail });
      continue;
    }
    const changes = differencesOf(value, valueOf(result.value, contentSha256));
    if (changes.length === 0) done.unchanged += 1;
    else if (await writer.replaceReport(id, result.value, contentSha256)) {
      done.changed.push({ id, changes });
    } else done.reports -= 1;
  }
  return done;
}
