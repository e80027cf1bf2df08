import type { ConnectionProblem, ConnectionProblemCode } from './connection-problem.ts';
import type { PollProgress } from './poll-pass.ts';

/** How a mailbox is doing, in the shape in which pages show it. */
export interface MailboxState {
  state: 'starting' | 'connecting' | 'reading' | 'up-to-date' | 'waiting' | 'failed';
  problem: { code: string; message: string; advice: string } | null;
  sinceSeconds: number;
  lastLookSeconds: number | null;
  nextLookSeconds: number | null;
  progress: {
    seen: number;
    total: number;
    reports: number;
    perSecond: number;
    secondsLeft: number | null;
  } | null;
}

/** Problems that go away by themselves: they are waited for. The others need someone to act. */
const PASSING: ReadonlySet<ConnectionProblemCode> = new Set([
  'connection-refused',
  'timed-out',
  'throttled',
  'lost-connection',
]);

/** A problem that stays until somebody does something about it. */
export const needsSomebody = ({ problem }: MailboxState): boolean =>
  problem !== null && !PASSING.has(problem.code as ConnectionProblemCode);

export const startingState = (nowSeconds: number): MailboxState => ({
  state: 'starting',
  problem: null,
  sinceSeconds: nowSeconds,
  lastLookSeconds: null,
  nextLookSeconds: null,
  progress: null,
});

/** The same state again keeps its beginning. A problem stays in sight until the folder was read. */
export function changeState(
  before: MailboxState,
  state: MailboxState['state'],
  nowSeconds: number,
): MailboxState {
  return {
    ...before,
    state,
    problem: state === 'up-to-date' ? null : before.problem,
    sinceSeconds: state === before.state ? before.sinceSeconds : nowSeconds,
    nextLookSeconds: null,
    progress: null,
  };
}

export function failedState(
  before: MailboxState,
  { code, message, advice }: ConnectionProblem,
  nextLookSeconds: number,
  nowSeconds: number,
): MailboxState {
  const state = PASSING.has(code) ? 'waiting' : 'failed';
  return {
    ...changeState(before, state, nowSeconds),
    problem: { code, message, advice },
    nextLookSeconds,
  };
}

export function readingState(
  before: MailboxState,
  { seen, total, reports }: PollProgress,
  nowSeconds: number,
): MailboxState {
  const reading = changeState(before, 'reading', nowSeconds);
  const elapsedSeconds = nowSeconds - reading.sinceSeconds;
  const perSecond = elapsedSeconds > 0 ? seen / elapsedSeconds : 0;
  const secondsLeft = perSecond > 0 ? (total - seen) / perSecond : null;
  return { ...reading, progress: { seen, total, reports, perSecond, secondsLeft } };
}
