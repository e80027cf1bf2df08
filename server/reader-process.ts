import { type ChildProcess, fork } from 'node:child_process';
import { withoutSecrets } from './child-environment.ts';
import { ALIVE_MS, type FromIngest, GAVE_UP_STATUS, type ToIngest } from './ingest-messages.ts';

/** Heap of the ingest process: with its buffers it stays below 300 MB. */
const HEAP_MIB = 192;

/** One ingest process, from its start to its end. */
export interface Reader {
  /** null where none could be had. */
  pid: number | null;
  send(message: ToIngest): void;
  kill(): void;
  /** Resolves once, also where none could be had. */
  ended: Promise<ReaderEnd>;
}

/** Whether it died, perhaps over what it had in hand, or could not work at all. */
export type ReaderEnd = 'died' | 'could-not-work';

/**
 * Starts an ingest process. One that hangs is killed.
 * @param missedSigns how many signs of life it may miss in a row once it is ready.
 */
export function startReader(
  entry: string,
  missedSigns: number,
  onMessage: (message: FromIngest) => void,
): Reader {
  const child = forked(entry);
  if (child === null) return NONE;
  // Before it is ready it may check a large store at once.
  let missed = Number.NEGATIVE_INFINITY;
  const watch = setInterval(() => {
    missed += 1;
    if (missed > missedSigns) child.kill('SIGKILL');
  }, ALIVE_MS);
  child.on('message', (message) => {
    const heard = message as FromIngest;
    if (heard.kind === 'ready' || missed >= 0) missed = 0;
    onMessage(heard);
  });
  return {
    pid: child.pid ?? null,
    send: (message) => {
      if (child.connected) child.send(message);
    },
    kill: () => child.kill('SIGKILL'),
    ended: endOf(child).finally(() => clearInterval(watch)),
  };
}

const NONE: Reader = {
  ...{ pid: null, send: () => undefined, kill: () => undefined },
  ended: Promise.resolve('could-not-work'),
};

/** Where the system lacks memory the failure is thrown, where it lacks anything else it is an event. */
function forked(entry: string): ChildProcess | null {
  try {
    return fork(entry, [], {
      execArgv: [`--max-old-space-size=${HEAP_MIB}`, '--max-semi-space-size=8'],
      env: withoutSecrets(process.env),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  } catch {
    return null;
  }
}

function endOf(child: ChildProcess): Promise<ReaderEnd> {
  return new Promise((resolve) => {
    child.on('exit', (status) => resolve(status === GAVE_UP_STATUS ? 'could-not-work' : 'died'));
    child.on('error', () => {
      // One that runs, and dies while it is written to, has an exit, which says all there is to say.
      if (child.pid === undefined) resolve('could-not-work');
    });
  });
}
