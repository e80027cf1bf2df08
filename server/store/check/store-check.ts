import type { SourceNaming } from '../source-naming.ts';
import { guarded } from '../store-problem.ts';
import { storeFiles } from '../store-files.ts';
import { openForChecking } from './check-connection.ts';
import { damagedRows } from './damaged-rows.ts';
import { brokenRules, type Finding } from './ledger-rules.ts';
import { createKeptApart, type KeptApart } from './kept-apart.ts';
import { createStoredReports, type StoredReport } from './stored-reports.ts';
import { brokenSums } from './sum-rules.ts';

/** Slow questions about a whole store, beside whoever writes to it. Failures are StoreProblems or bugs. */
export interface StoreCheck {
  /** Every report, or the one of this id, with its kept bytes. */
  reports(only: number | null): Generator<StoredReport>;
  /** Kept bytes of what was refused. */
  keptApart(): Generator<KeptApart>;
  /** Rows whose bytes are not those that were written. */
  damagedRows(): Finding[];
  /** Reports whose records were removed because the user asked for it. */
  forgottenReports(): number;
  brokenRules(): Finding[];
  brokenSums(): Finding[];
  close(): void;
}

/** @throws StoreProblem */
export function openStoreCheck(dataDir: string, naming: SourceNaming): StoreCheck {
  const database = guarded(() => openForChecking(storeFiles(dataDir).database));
  const reports = createStoredReports(database);
  const keptApart = createKeptApart(database);
  const forgotten = database.prepare<[], number>('SELECT count(*) FROM forgotten_report').pluck();
  // Sums and rows are compared as they stood at one commit.
  const atOnce = <T>(query: () => T): T => guarded(() => database.transaction(query).deferred());
  return {
    reports,
    keptApart,
    damagedRows: () => atOnce(() => damagedRows(database)),
    forgottenReports: () => guarded(() => forgotten.get() ?? 0),
    brokenRules: () => atOnce(() => brokenRules(database)),
    brokenSums: () => atOnce(() => brokenSums(database, naming)),
    close: () => void database.close(),
  };
}
