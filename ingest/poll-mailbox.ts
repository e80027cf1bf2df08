import type { ConnectionProblem } from './connection-problem.ts';
import { connectMailbox, type MailboxConnection } from './mailbox.ts';
import type { MailboxAccess, MailboxTimes } from './mailbox-client.ts';
import {
  changeState,
  failedState,
  type MailboxState,
  readingState,
  startingState,
} from './mailbox-state.ts';
import { type AfterSetting, LEAVE_ALL } from './after-choice.ts';
import { pollFolder } from './poll.ts';
import { actAfter } from './poll-after.ts';
import type { AfterLedger } from './poll-after-ledger.ts';
import type { PollLedger } from './poll-ledger.ts';
import { newFolderMemory, type PollDeps } from './poll-pass.ts';
import { type PollTiming, retrySeconds } from './poll-retry.ts';

export interface RunDeps
  extends
    Omit<PollDeps, 'connection' | 'memory' | 'onProgress'>,
    Partial<Pick<PollDeps, 'memory'>> {
  ledger: PollLedger & AfterLedger;
  access: MailboxAccess;
  /** Without it, mail is left as it is. */
  after?: AfterSetting;
  times: MailboxTimes;
  timing: PollTiming;
  /** From 0 to 1. */
  random: () => number;
  onState: (state: MailboxState) => void;
}

export interface RunningMailbox {
  /** Looks now, instead of waiting for news, the next look or the next retry. */
  lookNow: () => void;
  /** Ends when `signal` stops it. @throws what the ledger throws */
  done: Promise<void>;
}

/** Keeps one folder read: look, wait for news, look again; after a failure it comes back by itself. */
export function runMailbox(deps: RunDeps): RunningMailbox {
  const run: Run = {
    deps: { ...deps, memory: deps.memory ?? newFolderMemory() },
    state: startingState(deps.nowSeconds()),
    failures: 0,
    bell: new AbortController(),
  };
  deps.onState(run.state);
  return { lookNow: () => run.bell.abort(), done: keepReading(run) };
}

interface Run {
  deps: RunDeps & Pick<PollDeps, 'memory'>;
  state: MailboxState;
  /** In a row, since the folder was last read. */
  failures: number;
  /** Rung by `lookNow`; replaced once a wait has heard it. */
  bell: AbortController;
}

const isStopped = (run: Run): boolean => run.deps.signal.aborted;

async function keepReading(run: Run): Promise<void> {
  const { nowSeconds, random, timing } = run.deps;
  while (!isStopped(run)) {
    const problem = await readUntilProblem(run);
    // What breaks while it stops is no problem.
    if (problem === null || isStopped(run)) return;
    run.failures += 1;
    const seconds = retrySeconds(problem, run.failures, random(), timing);
    const now = nowSeconds();
    report(run, failedState(run.state, problem, now + Math.ceil(seconds), now));
    await untilRung(run, (stop) => sleep(seconds, stop));
  }
}

/** One connection, from its first packet to its end; null when it was stopped. */
async function readUntilProblem(run: Run): Promise<ConnectionProblem | null> {
  const { access, limits, times, signal, nowSeconds } = run.deps;
  report(run, changeState(run.state, 'connecting', nowSeconds()));
  const connected = await connectMailbox(access, limits, times);
  if (!connected.ok) return connected.problem;
  const connection = connected.value;
  const onStop = (): void => connection.drop();
  signal.addEventListener('abort', onStop);
  try {
    while (!isStopped(run)) {
      const problem = await lookAndWait(run, connection);
      if (problem !== null) return problem;
    }
    return null;
  } finally {
    signal.removeEventListener('abort', onStop);
    await connection.close();
  }
}

async function lookAndWait(
  run: Run,
  connection: MailboxConnection,
): Promise<ConnectionProblem | null> {
  const { nowSeconds, timing } = run.deps;
  report(run, readingState(run.state, { seen: 0, total: 0, reports: 0 }, nowSeconds()));
  const looked = await pollFolder({
    ...run.deps,
    connection,
    onProgress: (progress) => report(run, readingState(run.state, progress, nowSeconds())),
  });
  if (!looked.ok) return looked.problem;
  const acted = await actAfter({
    ...run.deps,
    connection,
    folder: run.deps.access.address.folder,
    setting: run.deps.after ?? LEAVE_ALL,
  });
  if (!acted.ok) return acted.problem;
  run.failures = 0;
  // Back to reading only, and to what came meanwhile.
  if (acted.value.wasOpened) return null;
  const now = nowSeconds();
  report(run, {
    ...changeState(run.state, 'up-to-date', now),
    lastLookSeconds: now,
    nextLookSeconds: now + timing.pollSeconds,
  });
  const news = await untilRung(run, (stop) => connection.waitForNews(timing.pollSeconds, stop));
  if (!news.ok) return news.problem;
  if (news.value === 'news') await untilRung(run, (stop) => sleep(timing.newsPauseSeconds, stop));
  return null;
}

function report(run: Run, state: MailboxState): void {
  run.state = state;
  run.deps.onState(state);
}

/** Waits, and no longer than until the mailbox is stopped or the bell rings; it may have rung before. */
async function untilRung<T>(run: Run, wait: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const result = await wait(AbortSignal.any([run.deps.signal, run.bell.signal]));
  if (run.bell.signal.aborted) run.bell = new AbortController();
  return result;
}

const sleep = (seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, seconds * 1000);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
