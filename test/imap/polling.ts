import { type AfterChoice, LEAVE } from '../../ingest/after-choice.ts';
import { defaultLimits, type Limits } from '../../ingest/limits.ts';
import type { ConnectionProblem } from '../../ingest/connection-problem.ts';
import { connectMailbox } from '../../ingest/mailbox.ts';
import {
  defaultMailboxTimes,
  type MailboxAccess,
  type MailboxTimes,
} from '../../ingest/mailbox-client.ts';
import { pollFolder } from '../../ingest/poll.ts';
import { actAfter, type AfterEnd } from '../../ingest/poll-after.ts';
import type { AfterLedger } from '../../ingest/poll-after-ledger.ts';
import { type FolderMemory, newFolderMemory, type PollProgress } from '../../ingest/poll-pass.ts';
import type { PollLedger } from '../../ingest/poll-ledger.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { ok, type Result } from '../../ingest/result.ts';
import { builtTrial } from '../reading-trial.ts';

export const USER = 'reports@example.com';
export const PASSWORD = 'a password of nobody';

/** Plain text, which is only for loopback. */
export const accessTo = (port: number, folder = 'INBOX', password = PASSWORD): MailboxAccess => ({
  address: { user: USER, host: '127.0.0.1', port, security: 'plain', folder },
  password,
  caPem: null,
});

export interface LookOptions {
  ledger: PollLedger;
  mailboxId: number;
  folder?: string;
  memory?: FolderMemory;
  limits?: Partial<Limits>;
  times?: Partial<MailboxTimes>;
}

/** The clock of these tests stands at 2026-02-01, 00:00 UTC. */
export const NOW_SECONDS = 1_769_904_000;

/** One connection and one look, as a test sees them. */
export async function lookOnce(
  port: number,
  options: LookOptions,
): Promise<Result<PollProgress, ConnectionProblem>> {
  const limits = { ...defaultLimits, ...options.limits };
  const times = { ...defaultMailboxTimes, ...options.times };
  const connected = await connectMailbox(accessTo(port, options.folder), limits, times);
  if (!connected.ok) return connected;
  try {
    return await pollFolder({
      connection: connected.value,
      mailboxId: options.mailboxId,
      ledger: options.ledger,
      reader: createDocumentReader(limits),
      trial: builtTrial,
      limits,
      nowSeconds: () => NOW_SECONDS,
      memory: options.memory ?? newFolderMemory(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
  } finally {
    await connected.value.close();
  }
}

export interface ActOptions extends Omit<LookOptions, 'ledger'> {
  ledger: PollLedger & AfterLedger;
  choice?: AfterChoice;
  movedFrom?: readonly string[];
  nowSeconds?: number;
}

/** One connection, one look, and then what was chosen for stored reports, as `ruadmap poll` does it. */
export async function lookAndAct(
  port: number,
  options: ActOptions,
): Promise<Result<AfterEnd & PollProgress, ConnectionProblem>> {
  const { choice = LEAVE, movedFrom = [], nowSeconds = NOW_SECONDS, folder = 'INBOX' } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const times = { ...defaultMailboxTimes, ...options.times };
  const connected = await connectMailbox(accessTo(port, folder), limits, times);
  if (!connected.ok) return connected;
  const pass = {
    connection: connected.value,
    mailboxId: options.mailboxId,
    ledger: options.ledger,
    memory: options.memory ?? newFolderMemory(),
    nowSeconds: () => nowSeconds,
    signal: new AbortController().signal,
    trial: builtTrial,
  };
  try {
    const reader = createDocumentReader(limits);
    const looked = await pollFolder({ ...pass, reader, limits, onProgress: () => undefined });
    if (!looked.ok) return looked;
    const acted = await actAfter({ ...pass, folder, setting: { choice, movedFrom } });
    return acted.ok ? ok({ ...acted.value, ...looked.value }) : acted;
  } finally {
    await connected.value.close();
  }
}
