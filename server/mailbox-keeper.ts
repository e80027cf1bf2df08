import type { MailboxState } from '../ingest/mailbox-state.ts';
import { defaultMailboxTimes } from '../ingest/mailbox-client.ts';
import { type FolderMemory, newFolderMemory } from '../ingest/poll-pass.ts';
import { runMailbox, type RunningMailbox } from '../ingest/poll-mailbox.ts';
import { defaultPollTiming } from '../ingest/poll-retry.ts';
import type { JobProgress, JobResult } from './ingest-messages.ts';
import { type ConfiguredMailbox, PASSWORD_NEEDED } from './mailbox-access.ts';
import { mailboxName, passDeps, pollOnce, type PollOnceDeps } from './poll-once.ts';
import { emptyCounts, type RunCounts } from './run-summary.ts';

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

  /** The own reading of a mailbox pauses meanwhile: a folder has one reader at a time. */
  const inPauseOf = async (
    one: Kept,
    look: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    await stop(one);
    if (kept.get(one.mailbox.id) !== one) return;
    one.stop = new AbortController();
    const { signal } = one.stop;
    const done = look(signal);
    one.running = { done, lookNow: () => undefined };
    try {
      await done;
    } finally {
      // Who stopped it wants it stopped.
      if (!signal.aborted) start(one);
    }
  };

  const change = async (mailboxes: readonly ConfiguredMailbox[]): Promise<void> => {
    const wanted = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
    for (const [id, one] of kept) {
      const next = wanted.get(id);
      if (next && isSame(next, one.mailbox)) {
        wanted.delete(id);
        continue;
      }
      kept.delete(id);
      await stop(one);
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
  };
  let changed = Promise.resolve();

  return {
    /** Starts what is new or changed, and stops what is gone: one call after the other. */
    set(mailboxes: readonly ConfiguredMailbox[]): Promise<void> {
      changed = changed.catch(() => undefined).then(() => change(mailboxes));
      return changed;
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

    /** One pass over each, and over those that the asker names besides. */
    async pollAll(
      besides: readonly ConfiguredMailbox[],
      onProgress: (progress: JobProgress) => void,
    ): Promise<JobResult> {
      const result: JobResult = { counts: emptyCounts(), failures: [] };
      const look = async (mailbox: ConfiguredMailbox, signal: AbortSignal): Promise<void> => {
        const failure = await lookOnce({ ...deps, signal }, mailbox, result.counts, onProgress);
        if (failure !== null) result.failures.push(failure);
      };
      const others = besides.filter(({ id }) => !kept.has(id));
      for (const id of [...kept.keys()]) {
        const one = kept.get(id);
        if (one !== undefined) await inPauseOf(one, (signal) => look(one.mailbox, signal));
      }
      for (const mailbox of others) await look(mailbox, new AbortController().signal);
      return result;
    },

    async stop(): Promise<void> {
      await Promise.all([...kept.values()].map(stop));
    },
  };
}

/** @returns what kept it from reading all, in words; null where nothing did. */
async function lookOnce(
  deps: PollOnceDeps,
  { id, access, after }: ConfiguredMailbox,
  counts: RunCounts,
  onProgress: (progress: JobProgress) => void,
): Promise<string | null> {
  if (access === null) return `${PASSWORD_NEEDED.message} ${PASSWORD_NEEDED.advice}`;
  const failure = await pollOnce(deps, { id, access, after }, counts, onProgress);
  if (!deps.signal.aborted) return failure;
  return `${mailboxName(access.address)}: It was changed or removed while it was looked at. Look once more.`;
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
