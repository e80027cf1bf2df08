import type { ConnectionProblem } from './connection-problem.ts';
import type { Limits } from './limits.ts';
import {
  type GuardedClient,
  guardClient,
  type MailboxAccess,
  type MailboxTimes,
} from './mailbox-client.ts';
import { type MailboxChanges, mailboxChanges } from './mailbox-changes.ts';
import { type Answer, fetchBodies, fetchHeads, fetchNewestHeads } from './mailbox-fetch.ts';
import { type FolderStatus, openReadOnly, statusOf } from './mailbox-folder.ts';
import type { BodyRequest, MessageBodies, MessageHead } from './mailbox-messages.ts';
import { type News, watchNews } from './mailbox-news.ts';
import { ok, type Result } from './result.ts';

export type { FolderStatus } from './mailbox-folder.ts';

/** One connection to one folder, opened read-only unless `changes` opens it otherwise. A lost one is never used again: open another. */
export interface MailboxConnection {
  /** EXAMINE: nothing that follows can change a flag. */
  examine(): Promise<Result<FolderStatus, ConnectionProblem>>;
  /** UIDs from `low` to `high` (null: the highest there is), ascending. */
  searchUids(low: number, high: number | null): Promise<Result<number[], ConnectionProblem>>;
  fetchHeads(uids: readonly number[]): Promise<Answer<MessageHead>>;
  /** The newest `count` messages of the folder that was examined. */
  fetchNewestHeads(count: number): Promise<Answer<MessageHead>>;
  fetchBodies(request: BodyRequest): Promise<Answer<MessageBodies>>;
  /** IDLE until new mail comes, the time is over, or `signal` stops it. */
  waitForNews(seconds: number, signal: AbortSignal): Promise<Result<News, ConnectionProblem>>;
  folders(): Promise<Result<string[], ConnectionProblem>>;
  changes: MailboxChanges;
  /** Says goodbye to the server. */
  close(): Promise<void>;
  /** Ends the connection now; a command that runs fails. */
  drop(): void;
}

const CLOSE_SECONDS = 2;

/** Connects and logs in. A password only ever leaves over TLS, or to this very machine. */
export async function connectMailbox(
  access: MailboxAccess,
  limits: Limits,
  times: MailboxTimes,
): Promise<Result<MailboxConnection, ConnectionProblem>> {
  const client = guardClient(access, limits, times);
  const { flow, run } = client;
  const connected = await run(times.connectSeconds, () => flow.connect());
  if (!connected.ok) {
    flow.close();
    return connected;
  }
  const news = watchNews(client);
  return ok({
    examine: async () => {
      const opened = await openReadOnly(client, access.address.folder);
      news.forget();
      return opened.ok ? ok(statusOf(opened.value)) : opened;
    },
    changes: mailboxChanges(client, access.address.folder),
    searchUids: (low, high) => searchUids(client, low, high),
    fetchHeads: (uids) => fetchHeads(client, uids, limits),
    fetchNewestHeads: (count) => fetchNewestHeads(client, count, limits),
    fetchBodies: (request) => fetchBodies(client, request),
    waitForNews: news.wait,
    folders: () => listFolders(client),
    close: async () => {
      if (flow.usable) await run(CLOSE_SECONDS, () => flow.logout());
      flow.close();
    },
    drop: () => flow.close(),
  });
}

async function searchUids(
  { flow, times, runWhole }: GuardedClient,
  low: number,
  high: number | null,
): Promise<Result<number[], ConnectionProblem>> {
  const range = `${low}:${high ?? '*'}`;
  const found = await runWhole(times.commandSeconds, () =>
    flow.search({ uid: range }, { uid: true }),
  );
  if (!found.ok) return found;
  // "500:*" gives the last message even where it lies below 500 (RFC 9051, 6.4.8).
  const inRange = found.value.filter((uid) => uid >= low && uid <= (high ?? Infinity));
  return ok([...new Set(inRange)].sort((a, b) => a - b));
}

async function listFolders({
  flow,
  times,
  run,
}: GuardedClient): Promise<Result<string[], ConnectionProblem>> {
  const listed = await run(times.commandSeconds, () => flow.list());
  if (!listed.ok) return listed;
  const real = listed.value.filter(
    ({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'),
  );
  return ok(real.map(({ path }) => path));
}
