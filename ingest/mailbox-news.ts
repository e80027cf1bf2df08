import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionProblem } from './connection-problem.ts';
import type { GuardedClient } from './mailbox-client.ts';
import { bad, ok, type Result } from './result.ts';

/** Why a wait for new mail ended. */
export type News = 'news' | 'time' | 'stopped';

export interface NewsWatch {
  /** What came until now has been looked at. */
  forget: () => void;
  wait: (seconds: number, signal: AbortSignal) => Promise<Result<News, ConnectionProblem>>;
}

/** Notices new mail also while commands run, so that none waits for the next look. */
export function watchNews({ flow, problemOf, times }: GuardedClient): NewsWatch {
  let hasNews = false;
  let onNews: () => void = () => undefined;
  flow.on('exists', ({ count, prevCount }) => {
    if (count <= prevCount) return;
    hasNews = true;
    onNews();
  });

  /**
   * IDLE ends with the next command, also with the one that probes a silent server; without another it
   * would be taken for dead. Begun anew at most twice in the time of a command: a server may refuse it.
   */
  const idleUntil = async (isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      const begunMs = performance.now();
      await flow.idle().catch(() => undefined);
      const leftMs = times.commandSeconds * 500 - (performance.now() - begunMs);
      if (!isOver() && leftMs > 0) await sleep(leftMs, undefined, { ref: false });
    }
  };

  return {
    forget: () => {
      hasNews = false;
    },
    wait: (seconds, signal) =>
      new Promise((resolve) => {
        let isOver = false;
        const finish = (end: Result<News, ConnectionProblem>): void => {
          isOver = true;
          clearTimeout(timer);
          onNews = () => undefined;
          flow.off('close', onClose);
          signal.removeEventListener('abort', onStop);
          resolve(end);
        };
        const onClose = (): void => finish(bad(problemOf(null)));
        const onStop = (): void => finish(ok('stopped'));
        const timer = setTimeout(() => finish(ok('time')), seconds * 1000);
        onNews = () => finish(ok('news'));
        flow.on('close', onClose);
        signal.addEventListener('abort', onStop);
        if (signal.aborted) onStop();
        else if (hasNews) onNews();
        else if (!flow.usable) onClose();
        else void idleUntil(() => isOver);
      }),
  };
}
