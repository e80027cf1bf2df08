import { randomUUID } from 'node:crypto';
import type {
  FromIngest,
  IngestJob,
  IngestSettings,
  JobEnd,
  JobProgress,
  ToIngest,
} from './ingest-messages.ts';
import { type Reader, startReader } from './reader-process.ts';

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
/** A job that was in hand at so many deaths is not given again. */
const DEATHS_OF_A_JOB = 3;
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
  /** Of processes that had it in hand. */
  deaths: number;
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
  let reader: Reader | null = null;
  let restarts = 0;
  let backoffMs = FIRST_BACKOFF_MS;
  let stopping = false;
  let restartTimer: NodeJS.Timeout | null = null;

  const send = (message: ToIngest): void => reader?.send(message);

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
    const started = startReader(entry, missedSigns, receive);
    reader = started;
    void started.ended.then((end) => {
      reader = null;
      if (stopping) return;
      if (end === 'died') letGoOfDeadly(jobs);
      restarts += 1;
      if (performance.now() - startedMs > WELL_AFTER_MS) backoffMs = FIRST_BACKOFF_MS;
      restartTimer = setTimeout(start, backoffMs);
      backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
    });
    if (started.pid === null) return;
    send({ kind: 'start', settings });
    for (const [id, { job }] of jobs) send({ kind: 'job', id, job });
  };
  start();

  return {
    tell: send,
    run: (job, onProgress) =>
      new Promise((finish) => {
        const id = randomUUID();
        jobs.set(id, { job, onProgress, finish, deaths: 0 });
        send({ kind: 'job', id, job });
      }),
    onMessage: (listener) => listeners.push(listener),
    state: () => ({
      state: stopping ? 'stopped' : reader === null ? 'restarting' : 'running',
      restarts,
    }),
    pid: () => reader?.pid ?? null,
    stop: async () => {
      stopping = true;
      if (restartTimer) clearTimeout(restartTimer);
      const running = reader;
      if (running === null) return;
      send({ kind: 'stop' });
      const timer = setTimeout(() => running.kill(), STOP_MS);
      await running.ended;
      clearTimeout(timer);
    },
  };
}

/** After a death, of which any of the jobs in hand may be the cause. */
function letGoOfDeadly(jobs: Map<string, Job>): void {
  for (const [id, job] of jobs) {
    job.deaths += 1;
    if (job.deaths < DEATHS_OF_A_JOB) continue;
    jobs.delete(id);
    job.finish({ ok: false, message: ENDED_OVER_IT });
  }
}

const ENDED_OVER_IT =
  `The process that reads mail ended ${DEATHS_OF_A_JOB} times while it did this, so it is not tried on. ` +
  'What was stored stays, and nothing is counted twice. Try it again with less at a time, as memory may ' +
  'be short; if that ends the same way it is a fault of Ruadmap: please tell it, with what its log says.';
