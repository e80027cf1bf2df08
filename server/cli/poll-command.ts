import { CommandEnd, exitStatus } from '../exit-status.ts';
import type { JobResult } from '../ingest-messages.ts';
import { configuredMailboxes, PASSWORD_NEEDED } from '../mailbox-access.ts';
import type { Ingest } from '../open-ingest.ts';
import { pollOnce } from '../poll-once.ts';
import { emptyCounts } from '../run-summary.ts';
import { openKey } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { openReader } from '../store/open.ts';
import { type JobContext, runJob } from './run-job.ts';

const NO_MAILBOX = `There is no mailbox to look at. Add one in one of two ways:
  on the page:         run ruadmap, open http://127.0.0.1:7489/ and fill in the form;
  in the environment:  RUADMAP_IMAP_URL=imaps://user@host/INBOX and RUADMAP_IMAP_PASSWORD_FILE=FILE`;

/** `ruadmap poll`: one look at every configured mailbox. */
export async function pollCommand(
  context: JobContext,
  settings: Settings,
  nowSeconds: () => number,
): Promise<void> {
  await runJob(context, { kind: 'poll', mailbox: settings.mailbox }, async (ingest, onProgress) => {
    const result: JobResult = { counts: emptyCounts(), failures: [] };
    const { signal } = new AbortController();
    for (const { id, access, after } of await mailboxesOf(context.dataDir, ingest, settings)) {
      const failure =
        access === null
          ? `${PASSWORD_NEEDED.message} ${PASSWORD_NEEDED.advice}`
          : await pollOnce(
              { ...ingest, nowSeconds, signal },
              { id, access, after },
              result.counts,
              onProgress,
            );
      if (failure !== null) result.failures.push(failure);
    }
    return result;
  });
}

async function mailboxesOf(dataDir: string, ingest: Ingest, settings: Settings) {
  const key = openKey(dataDir, settings.keyFile);
  if (!key.ok) throw new CommandEnd(exitStatus.setUp, key.problem.message);
  const reader = openReader({ dataDir });
  try {
    const configured = await configuredMailboxes(
      { ...ingest, reader },
      settings.mailbox,
      key.value,
    );
    if (configured.length === 0) throw new CommandEnd(exitStatus.setUp, NO_MAILBOX);
    return configured;
  } finally {
    await reader.close();
  }
}
