import type { MailboxState } from '../ingest/mailbox-state.ts';
import { defaultMailboxTimes } from '../ingest/mailbox-client.ts';
import { type FolderMemory, newFolderMemory } from '../ingest/poll-pass.ts';
import { runMailbox, type RunningMailbox } from '../ingest/poll-mailbox.ts';
import { defaultPollTiming } from '../ingest/poll-retry.ts';
import type { JobProgress, JobResult } from './ingest-messages.ts';
import { type ConfiguredMailbox, PASSWORD_NEEDED } from './mailbox-access.ts';
import { passDeps, pollOnce, type PollOnceDeps } from './poll-once.ts';
import { emptyCounts } from './run-summary.ts';

export interface KeeperDeps extends Omit<PollOnceDeps, 'signal'> {
  pollSeconds: number;
  random: () => number;
  onState: (mailboxId: number, state: MailboxState) => void;
  onStored: (reports: number) => void;
  /** The store failed under a mailbox that is being read: nothing can be written. */
  onFailed: (error: unknown) => void;
}

interface Kept {
  mailbox: ConfiguredMailbox;
  memory: FolderMemory;
  stop: AbortController;
  running: RunningMailbox | null;
}

/** Keeps the configured mailboxes read, each over its own connection. */
export function createMailboxKeeper(deps: KeeperDeps) {
  const kept = new Map<number, Kept>();

  const start = (one: Kept): void => {
    const { id, access, after } = one.mailbox;
    if (access === null) {
      deps.onState(id, passwordNeeded(deps.nowSeconds()));
      return;
    }
    one.stop = new AbortController();
    one.running = runMailbox({
      ...passDeps({ ...deps, signal: one.stop.signal }, id),
      access,
      after,
      times: defaultMailboxTimes,
      timing: { ...defaultPollTiming, pollSeconds: deps.pollSeconds },
      random: deps.random,
      memory: one.memory,
      onState: (state) => deps.onState(id, state),
      onCommitted: (_batch, decided) => {
        const stored = decided.flat().filter(({ outcome }) => outcome === 'stored').length;
        if (stored > 0) deps.onStored(stored);
      },
    });
    one.running.done.catch(deps.onFailed);
  };

  const stop = async (one: Kept): Promise<void> => {
    one.stop.abort();
    await one.running?.done.catch(() => undefined);
    one.running = null;
  };

  return {
    /** Starts what is new or changed, and stops what is gone. */
    async set(mailboxes: readonly ConfiguredMailbox[]): Promise<void> {
      const wanted = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
      for (const [id, one] of kept) {
        const next = wanted.get(id);
        if (next && isSame(next, one.mailbox)) {
          wanted.delete(id);
          continue;
        }
        await stop(one);
        kept.delete(id);
      }
      for (const mailbox of wanted.values()) {
        const one = {
          mailbox,
          memory: newFolderMemory(),
          stop: new AbortController(),
          running: null,
        };
        kept.set(mailbox.id, one);
        start(one);
      }
    },

    look(mailboxId: number): void {
      kept.get(mailboxId)?.running?.lookNow();
    },

    /** Looks now, also at what was asked for and not answered before. */
    lookAgain(mailboxIds: readonly number[]): void {
      for (const id of mailboxIds) {
        const one = kept.get(id);
        one?.memory.missing.clear();
        one?.memory.failures.clear();
        one?.running?.lookNow();
      }
    },

    /**
     * One pass over each, and over those that the asker names besides. The own reading of a mailbox
     * pauses meanwhile: a folder has one reader at a time.
     */
    async pollAll(
      besides: readonly ConfiguredMailbox[],
      onProgress: (progress: JobProgress) => void,
    ): Promise<JobResult> {
      const result: JobResult = { counts: emptyCounts(), failures: [] };
      const others = besides.filter(({ id }) => !kept.has(id));
      for (const mailbox of [...[...kept.values()].map((one) => one.mailbox), ...others]) {
        const { id, access, after } = mailbox;
        if (access === null) {
          result.failures.push(`${PASSWORD_NEEDED.message} ${PASSWORD_NEEDED.advice}`);
          continue;
        }
        const one = kept.get(id);
        if (one !== undefined) await stop(one);
        const { signal } = new AbortController();
        const failure = await pollOnce(
          { ...deps, signal },
          { id, access, after },
          result.counts,
          onProgress,
        );
        if (failure !== null) result.failures.push(failure);
        if (one !== undefined) start(one);
      }
      return result;
    },

    async stop(): Promise<void> {
      await Promise.all([...kept.values()].map(stop));
    },
  };
}

const isSame = (one: ConfiguredMailbox, other: ConfiguredMailbox): boolean =>
  JSON.stringify([one.access, one.after]) === JSON.stringify([other.access, other.after]);

const passwordNeeded = (nowSeconds: number): MailboxState => ({
  state: 'failed',
  problem: PASSWORD_NEEDED,
  sinceSeconds: nowSeconds,
  lastLookSeconds: null,
  nextLookSeconds: null,
  progress: null,
});
