import type { ReadDocument } from '../ingest/document.ts';
import type { RunSummary } from './api/contract.ts';
import type { DecidedDocument } from './store/store.ts';

/** Problems listed one by one in a summary; the ledger has them all. */
const LISTED_PROBLEMS = 1_000;

export type RunCounts = Omit<RunSummary, 'seconds'>;

export function emptyCounts(): RunCounts {
  return {
    mails: 0,
    documents: 0,
    stored: 0,
    duplicates: 0,
    conflicts: 0,
    refused: 0,
    notReports: 0,
    records: 0,
    refusedRows: 0,
    messages: 0,
    warnings: {},
    problems: [],
  };
}

/**
 * Adds the decided documents of one message. `records`, `refusedRows` and `messages` are those of
 * every document read as a report, repeated ones too: what came by, not what was new.
 */
export function addDecided(
  counts: RunCounts,
  file: string,
  read: readonly ReadDocument[],
  decided: readonly DecidedDocument[],
): void {
  for (const [index, document] of decided.entries()) {
    counts.documents += 1;
    counts[COUNTED_AS[document.outcome]] += 1;
    counts.records += document.records;
    counts.refusedRows += document.refusedRows;
    counts.messages += document.messages;
    const source = read[index];
    if (source?.outcome === 'report') addWarnings(counts, source.report.warnings);
    if (document.outcome === 'refused') {
      addProblem(counts, {
        file,
        member: document.name === '' ? document.part : document.name,
        reason: document.reason ?? 'malformed',
        detail: document.detail ?? '',
      });
    }
  }
}

const COUNTED_AS = {
  stored: 'stored',
  duplicate: 'duplicates',
  conflict: 'conflicts',
  refused: 'refused',
  'not-a-report': 'notReports',
} as const;

function addWarnings(counts: RunCounts, warnings: readonly string[]): void {
  for (const warning of warnings) {
    counts.warnings[warning] = (counts.warnings[warning] ?? 0) + 1;
  }
}

export function addProblem(counts: RunCounts, problem: RunCounts['problems'][number]): void {
  if (counts.problems.length < LISTED_PROBLEMS) counts.problems.push(problem);
}
