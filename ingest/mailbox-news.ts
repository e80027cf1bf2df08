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
export function watchNews({ flow, problemOf }: GuardedClient): NewsWatch {
  let hasNews = false;
  let onNews: () => void = () => undefined;
  flow.on('exists', ({ count, prevCount }) => {
    if (count <= prevCount) return;
    hasNews = true;
    onNews();
  });

  return {
    forget: () => {
      hasNews = false;
    },
    wait: (seconds, signal) =>
      new Promise((resolve) => {
        const finish = (end: Result<News, ConnectionProblem>): void => {
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
        // IDLE ends with the next command; where it is refused, the time brings the next look.
        else flow.idle().catch(() => undefined);
      }),
  };
}
