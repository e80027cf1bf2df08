import { createNaming } from './analysis/naming.ts';
import { openAsData } from './as-data.ts';
import type { JobResult } from './ingest-messages.ts';
import type { Ingest } from './open-ingest.ts';
import type { ProgramFiles } from './program-files.ts';
import { reparseReports } from './repair/reparse.ts';
import { retryRefused } from './repair/retry.ts';
import { emptyCounts } from './run-summary.ts';
import { openRefusedDocuments } from './store/check/refused-documents.ts';
import { openStoreCheck } from './store/check/store-check.ts';
import type { ForgetFilter } from './store/store.ts';

export interface KeepingDeps extends Ingest {
  dataDir: string;
  nowSeconds: () => number;
}

const NO_MAIL = { failures: [] };

/** Gives refused mail another chance: of all messages, or of these. */
export async function retryJob(
  deps: KeepingDeps,
  messageIds: readonly number[] | null,
): Promise<JobResult> {
  const refused = openRefusedDocuments(deps.dataDir);
  try {
    const retried = await retryRefused({ ...deps, refused: refused.list }, messageIds);
    return { ...NO_MAIL, counts: emptyCounts(), said: { kind: 'retried', retried } };
  } finally {
    refused.close();
  }
}

/** The mailboxes that hold what is to be fetched again. */
export const toFetch = ({ said }: JobResult): number[] =>
  said?.kind === 'retried'
    ? said.retried
        .filter(({ outcome }) => outcome === 'fetched-at-next-poll')
        .map(({ mailboxId }) => mailboxId)
    : [];

/** Reads what was stored again, with today's parser: every report, or the one of this id. */
export async function reparseJob(
  { dataDir, files, reader, writer }: KeepingDeps & { files: ProgramFiles },
  reportId: number | null,
): Promise<JobResult> {
  const check = openStoreCheck(dataDir, createNaming(openAsData(files.asDataFile)));
  try {
    const reparsed = await reparseReports(check, reader, writer, reportId);
    return { ...NO_MAIL, counts: emptyCounts(), said: { kind: 'reparsed', reparsed } };
  } finally {
    check.close();
  }
}

/** Removes records because the user asked for it. */
export async function forgetJob(
  { writer, nowSeconds }: KeepingDeps,
  filter: ForgetFilter,
): Promise<JobResult> {
  const forgotten = await writer.forget(filter, nowSeconds());
  return { ...NO_MAIL, counts: emptyCounts(), said: { kind: 'forgotten', forgotten } };
}
