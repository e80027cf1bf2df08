import type { AfterSetting } from '../ingest/after-choice.ts';
import { connectMailbox } from '../ingest/mailbox.ts';
import { defaultMailboxTimes, type MailboxAccess } from '../ingest/mailbox-client.ts';
import { pollFolder } from '../ingest/poll.ts';
import { actAfter } from '../ingest/poll-after.ts';
import type { RunDeps } from '../ingest/poll-mailbox.ts';
import { newFolderMemory, type PollDeps } from '../ingest/poll-pass.ts';
import type { JobProgress } from './ingest-messages.ts';
import type { Ingest } from './open-ingest.ts';
import { addDecided, type RunCounts } from './run-summary.ts';
import type { DecidedDocument, DecidedMessage } from './store/store.ts';

export interface PollOnceDeps extends Ingest {
  nowSeconds: () => number;
  signal: AbortSignal;
}

/**
 * Looks once at one folder, adding to `counts`, and then sees to the mail of stored reports.
 * @returns what kept it from reading all, in words with what to do; null where nothing did.
 */
export async function pollOnce(
  deps: PollOnceDeps,
  mailbox: { id: number; access: MailboxAccess; after: AfterSetting },
  counts: RunCounts,
  onProgress: (progress: JobProgress) => void,
): Promise<string | null> {
  const connected = await connectMailbox(mailbox.access, deps.limits, defaultMailboxTimes);
  if (!connected.ok) return inWords(mailbox.access, connected.problem);
  const connection = connected.value;
  const onStop = (): void => connection.drop();
  deps.signal.addEventListener('abort', onStop);
  const pass = { ...passDeps(deps, mailbox.id), connection, memory: newFolderMemory() };
  try {
    const looked = await pollFolder({
      ...pass,
      onProgress: ({ seen, total, reports }) => onProgress({ seen, total, stored: reports }),
      onCommitted: (batch, decided) => addBatch(counts, mailbox.access, batch, decided),
    });
    if (!looked.ok) return inWords(mailbox.access, looked.problem);
    const { folder } = mailbox.access.address;
    const acted = await actAfter({ ...pass, folder, setting: mailbox.after });
    const problem = acted.ok ? acted.value.problem : acted.problem;
    return problem === null ? null : inWords(mailbox.access, problem);
  } finally {
    deps.signal.removeEventListener('abort', onStop);
    await connection.close();
  }
}

/** What every pass over a folder is given. */
export function passDeps(
  { writer, reader, trial, limits, nowSeconds, signal }: PollOnceDeps,
  mailboxId: number,
): Omit<PollDeps, 'connection' | 'memory' | 'onProgress'> & Pick<RunDeps, 'ledger'> {
  return { mailboxId, ledger: writer, reader, trial, limits, nowSeconds, signal };
}

function addBatch(
  counts: RunCounts,
  { address }: MailboxAccess,
  batch: readonly DecidedMessage[],
  decided: readonly DecidedDocument[][],
): void {
  for (const [index, message] of batch.entries()) {
    counts.mails += 1;
    const file = `${mailboxName(address)} message ${message.key.uid}`;
    addDecided(counts, file, message.documents, decided[index] ?? []);
  }
}

export const mailboxName = ({ user, host, folder }: MailboxAccess['address']): string =>
  `${user} at ${host}, ${folder}`;

const inWords = (
  { address }: MailboxAccess,
  { message, advice }: { message: string; advice: string },
): string => `${mailboxName(address)}: ${message} ${advice}`;
