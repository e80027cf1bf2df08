import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreWriter } from './store/store.ts';
import { StoreProblem } from './store/store-problem.ts';

export interface Patience {
  /** A writer whose calls wait, as long as it takes, until the store can do what is asked. */
  writer: StoreWriter;
  /** Ends every wait: what waits fails with what it waits for, and later failures are not waited for. */
  stop(): void;
}

export interface PatienceDeps {
  /** Why writing has paused, in words with what to do; null when it goes on. */
  onPause: (message: string | null) => void;
  firstWaitMs?: number;
  longestWaitMs?: number;
}

/**
 * A full disk, a failing disk, a lock, a database that was moved: all of them are someone's to mend, and
 * none of them is a reason to lose a mail or to end. As the store keeps nothing of a call that failed,
 * the same call is made again until it succeeds. Bugs are thrown at once.
 */
export function patiently(
  writer: StoreWriter,
  { onPause, firstWaitMs = 1_000, longestWaitMs = 10_000 }: PatienceDeps,
): Patience {
  const stopped = new AbortController();
  const waiting = new Map<symbol, string>();
  let told: string | null = null;
  const tell = (): void => {
    const [message = null] = waiting.values();
    if (message === told) return;
    told = message;
    onPause(message);
  };

  const patient =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>): ((...args: A) => Promise<R>) =>
    async (...args) => {
      const call = Symbol('call');
      try {
        for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
          try {
            return await work(...args);
          } catch (error) {
            if (!(error instanceof StoreProblem) || stopped.signal.aborted) throw error;
            waiting.set(call, error.message);
            tell();
          }
          await sleep(waitMs, null, { signal: stopped.signal }).catch(() => undefined);
        }
      } finally {
        waiting.delete(call);
        tell();
      }
    };

  return {
    writer: {
      ensureMailbox: patient((...args) => writer.ensureMailbox(...args)),
      ensureFiles: patient(() => writer.ensureFiles()),
      folderProgress: patient((...args) => writer.folderProgress(...args)),
      saveFolderProgress: patient((...args) => writer.saveFolderProgress(...args)),
      undecided: patient((...args) => writer.undecided(...args)),
      attemptsOf: patient((...args) => writer.attemptsOf(...args)),
      open: patient((...args) => writer.open(...args)),
      newestKnown: patient((...args) => writer.newestKnown(...args)),
      beginAttempts: patient((...args) => writer.beginAttempts(...args)),
      markMessages: patient((...args) => writer.markMessages(...args)),
      commit: patient((...args) => writer.commit(...args)),
      decideAgain: patient((...args) => writer.decideAgain(...args)),
      replaceReport: patient((...args) => writer.replaceReport(...args)),
      putBack: patient((...args) => writer.putBack(...args)),
      dueMessages: patient((...args) => writer.dueMessages(...args)),
      openActions: patient((...args) => writer.openActions(...args)),
      askActions: patient((...args) => writer.askActions(...args)),
      endActions: patient((...args) => writer.endActions(...args)),
      forgetActions: patient((...args) => writer.forgetActions(...args)),
      saveAfterProblem: patient((...args) => writer.saveAfterProblem(...args)),
      renameAddresses: patient((...args) => writer.renameAddresses(...args)),
      letGo: patient((...args) => writer.letGo(...args)),
      forget: patient((...args) => writer.forget(...args)),
      saveUpkeep: patient((...args) => writer.saveUpkeep(...args)),
      checkPlace: patient(() => writer.checkPlace()),
      close: () => writer.close(),
    },
    stop: () => stopped.abort(),
  };
}
