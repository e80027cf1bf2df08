import type { AfterState, StoredMailbox } from '../store/store.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** What became of the mail of stored reports, in each mailbox whose owner chose anything but to leave it. */
export function lookAtAfter(
  mailboxes: readonly StoredMailbox[],
  states: readonly AfterState[],
): Finding[] {
  return mailboxes.flatMap(({ id, user, host, folder, after }) => {
    if (after.kind === 'leave') return [];
    const part = `stored reports of ${user} at ${host}, ${folder}`;
    const state = states.find(({ mailboxId }) => mailboxId === id);
    if (state?.problem) return [wrong(part, state.problem.message, state.problem.advice)];
    const { marked = 0, moved = 0, deleted = 0 } = state ?? {};
    return [fine(part, `${marked} marked as read, ${moved} moved, ${deleted} deleted so far.`)];
  });
}
