import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { withoutSecrets } from './child-environment.ts';
import {
  ALIVE_MS,
  type FromIngest,
  type IngestJob,
  type IngestSettings,
  type JobEnd,
  type JobProgress,
  type ToIngest,
} from './ingest-messages.ts';

/** Heap of the ingest process: with its buffers it stays below 300 MB. */
const HEAP_MIB = 192;
/** First wait before a restart; it doubles with each death, up to the longest. */
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;
/** Up this long, a process is well again, and the next death starts from the first wait. */
const WELL_AFTER_MS = 60_000;
/**
 * Signs of life that may be missed in a row: ten minutes, more than the largest report takes on a slow
 * machine. Counted, not timed: a machine that slept, or a busy page, has missed one at most.
 */
const MISSED_SIGNS = 60;
/** A process that is asked to stop has this long to finish its transaction. */
const STOP_MS = 8_000;

export interface IngestSupervisor {
  /** Sends to the process that runs; lost where none does. What must not be lost is a job. */
  tell(message: Exclude<ToIngest, { kind: 'job' | 'start' | 'stop' }>): void;
  run(job: IngestJob, onProgress: (progress: JobProgress) => void): Promise<JobEnd>;
  /** Every message of the ingest process but those about jobs. */
  onMessage(listener: (message: FromIngest) => void): void;
  state(): { state: 'running' | 'restarting' | 'stopped'; restarts: number };
  pid(): number | null;
  stop(): Promise<void>;
}

interface Job {
  job: IngestJob;
  onProgress: (progress: JobProgress) => void;
  finish: (end: JobEnd) => void;
}

/**
 * Keeps one ingest process alive, whatever a message does to it, and gives it its jobs again. One that
 * hangs is ended, so that the next can find out what it hung over.
 */
export function superviseIngest(
  entry: string,
  settings: IngestSettings,
  missedSigns = MISSED_SIGNS,
): IngestSupervisor {
  const jobs = new Map<string, Job>();
  const listeners: ((message: FromIngest) => void)[] = [];
  let child: ChildProcess | null = null;
  let restarts = 0;
  let backoffMs = FIRST_BACKOFF_MS;
  let stopping = false;
  let restartTimer: NodeJS.Timeout | null = null;

  const send = (message: ToIngest): void => {
    if (child?.connected) child.send(message);
  };

  const receive = (message: FromIngest): void => {
    if (message.kind === 'progress') jobs.get(message.id)?.onProgress(message.progress);
    else if (message.kind === 'finished') {
      const job = jobs.get(message.id);
      jobs.delete(message.id);
      job?.finish(message.end);
    } else for (const listener of listeners) listener(message);
  };

  const start = (): void => {
    const startedMs = performance.now();
    const started = fork(entry, [], {
      execArgv: [`--max-old-space-size=${HEAP_MIB}`, '--max-semi-space-size=8'],
      env: withoutSecrets(process.env),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child = started;
    // Before it is ready it may check a large store at once.
    let missed = Number.NEGATIVE_INFINITY;
    const watch = setInterval(() => {
      missed += 1;
      if (missed > missedSigns) started.kill('SIGKILL');
    }, ALIVE_MS);
    started.on('message', (message) => {
      const heard = message as FromIngest;
      if (heard.kind === 'ready' || missed >= 0) missed = 0;
      receive(heard);
    });
    // A process that dies while it is written to: its exit says all there is to say.
    started.on('error', () => undefined);
    started.on('exit', () => {
      clearInterval(watch);
      child = null;
      if (stopping) return;
      restarts += 1;
      if (performance.now() - startedMs > WELL_AFTER_MS) backoffMs = FIRST_BACKOFF_MS;
      restartTimer = setTimeout(start, backoffMs);
      backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
    });
    send({ kind: 'start', settings });
    for (const [id, { job }] of jobs) send({ kind: 'job', id, job });
  };
  start();

  return {
    tell: send,
    run: (job, onProgress) =>
      new Promise((finish) => {
        const id = randomUUID();
        jobs.set(id, { job, onProgress, finish });
        send({ kind: 'job', id, job });
      }),
    onMessage: (listener) => listeners.push(listener),
    state: () => ({
      state: stopping ? 'stopped' : child === null ? 'restarting' : 'running',
      restarts,
    }),
    pid: () => child?.pid ?? null,
    stop: async () => {
      stopping = true;
      if (restartTimer) clearTimeout(restartTimer);
      const running = child;
      if (running === null) return;
      const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      send({ kind: 'stop' });
      const timer = setTimeout(() => running.kill('SIGKILL'), STOP_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}
