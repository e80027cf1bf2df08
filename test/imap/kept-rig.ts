import { onTestFinished } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { defaultMailboxTimes, type MailboxAccess } from '../../ingest/mailbox-client.ts';
import type { MailboxState } from '../../ingest/mailbox-state.ts';
import { runMailbox, type RunDeps } from '../../ingest/poll-mailbox.ts';
import type { PollTiming } from '../../ingest/poll-retry.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { openTempStore, type TempStore } from '../server/store/temp-store.ts';
import { builtTrial } from '../reading-trial.ts';

/** The waits of the program, in seconds that a test has. */
export const SHORT_TIMING: PollTiming = {
  pollSeconds: 60,
  newsPauseSeconds: 0.1,
  firstRetrySeconds: 0.2,
  longestRetrySeconds: 1,
  slowRetrySeconds: 300,
};

/** A mailbox that is kept read until its test is over. */
export interface Kept {
  store: TempStore;
  states: readonly MailboxState[];
  /** Waits for a state, at most ten seconds. */
  until: (wanted: (state: MailboxState) => boolean) => Promise<MailboxState>;
  /** How often the folder was read to its end. */
  looks: () => number;
  messages: () => Promise<number>;
}

export async function keepRead(
  access: MailboxAccess,
  changes: Partial<RunDeps> = {},
): Promise<Kept> {
  const store = await openTempStore();
  const stop = new AbortController();
  const states: MailboxState[] = [];
  const { done } = runMailbox({
    ...{ access, mailboxId: store.mailboxId, ledger: store.writer },
    ...{ reader: createDocumentReader(defaultLimits), limits: defaultLimits },
    trial: builtTrial,
    times: { ...defaultMailboxTimes, connectSeconds: 3, commandSeconds: 1 },
    timing: SHORT_TIMING,
    nowSeconds: () => Math.floor(Date.now() / 1000),
    random: () => 0.5,
    signal: stop.signal,
    onState: (state) => states.push(state),
    ...changes,
  });
  onTestFinished(async () => {
    stop.abort();
    await done;
  });
  return {
    store,
    states,
    until: async (wanted) => {
      for (let attempt = 0; attempt < 1000; attempt += 1) {
        const newest = states.at(-1);
        if (newest !== undefined && wanted(newest)) return newest;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`The last state was ${JSON.stringify(states.at(-1))}`);
    },
    looks: () => states.filter(({ state }) => state === 'up-to-date').length,
    messages: async () => {
      const totals = await store.reader.totals({ domain: null, from: null, to: null });
      return totals.tally.messages;
    },
  };
}
