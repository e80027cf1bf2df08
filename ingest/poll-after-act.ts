import type { CopyTarget, DueMessage } from './after-plan.ts';
import { type AfterProblem, afterProblem } from './after-problem.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import type { AfterStep } from './poll-after-step.ts';
import { ok, type Result } from './result.ts';

type Acted = Promise<Result<AfterProblem | null, ConnectionProblem>>;

/**
 * Does to these messages what was chosen. Each is noted as asked before the bytes of the command leave,
 * and ended by what the folder holds afterwards, whatever the server answered.
 * @returns why it stopped; a lost connection leaves the notes for the next step to settle.
 */
export async function carryOut(step: AfterStep, messages: readonly DueMessage[]): Acted {
  const { method } = step;
  const copied = messages.filter(({ isCopied }) => isCopied);
  const whole = messages.filter(({ isCopied }) => !isCopied);
  if (copied.length > 0) {
    const removed = await removeCopied(step, copied);
    if (!removed.ok || removed.value !== null) return removed;
  }
  if (whole.length === 0) return ok(null);
  if (method === 'mark') return mark(step, whole);
  if (method === 'copy') return copyAndRemove(step, whole);
  return takeOut(step, whole, method);
}

const uidsOf = (messages: readonly DueMessage[]): number[] => messages.map(({ uid }) => uid);

async function mark(step: AfterStep, messages: readonly DueMessage[]): Acted {
  const { connection, ledger, mailboxId, nowSeconds } = step;
  await ledger.askActions(mailboxId, messages, 'mark', null, nowSeconds());
  const marked = await connection.changes.addSeen(uidsOf(messages));
  if (!marked.ok) return refusedOrLost(step, messages, marked.problem);
  await ledger.endActions(mailboxId, messages, 'mark', 'done', nowSeconds());
  return ok(null);
}

/** MOVE, or \Deleted and UID EXPUNGE: either a message is gone afterwards, or nothing happened to it. */
async function takeOut(
  step: AfterStep,
  messages: readonly DueMessage[],
  method: 'move' | 'delete',
): Acted {
  const { connection, ledger, mailboxId, nowSeconds, target } = step;
  const { changes } = connection;
  await ledger.askActions(mailboxId, messages, method, null, nowSeconds());
  const uids = uidsOf(messages);
  const taken = await (method === 'move' ? changes.move(uids, target) : changes.remove(uids));
  if (!taken.ok && taken.problem.code !== 'server-said-no') return taken;
  const still = await changes.present(uids);
  if (!still.ok) return still;
  const left = messages.filter(({ uid }) => still.value.has(uid));
  const gone = messages.filter(({ uid }) => !still.value.has(uid));
  await ledger.endActions(mailboxId, gone, method, 'done', nowSeconds());
  if (!taken.ok) return refusedOrLost(step, left, taken.problem);
  return left.length === 0 ? ok(null) : leftBehind(step, left);
}

async function copyAndRemove(step: AfterStep, messages: readonly DueMessage[]): Acted {
  const { connection, ledger, mailboxId, nowSeconds, setting, target } = step;
  const { changes } = connection;
  const end = await changes.endOf(target);
  if (!end.ok) return refusedOrLost(step, [], end.problem);
  const folder = setting.choice.kind === 'move' ? setting.choice.folder : target;
  const { uidValidity, uidNext } = end.value;
  const place: CopyTarget = { folder, uidValidity, fromUid: uidNext };
  await ledger.askActions(mailboxId, messages, 'copy', place, nowSeconds());
  const copied = await changes.copy(uidsOf(messages), target);
  // All of them or none: RFC 9051, 6.4.7.
  if (!copied.ok) return refusedOrLost(step, messages, copied.problem);
  await ledger.endActions(mailboxId, messages, 'copy', 'copied', nowSeconds());
  return removeCopied(step, messages);
}

async function removeCopied(step: AfterStep, messages: readonly DueMessage[]): Acted {
  const { connection, ledger, mailboxId, nowSeconds } = step;
  const uids = uidsOf(messages);
  const removed = await connection.changes.remove(uids);
  if (!removed.ok && removed.problem.code !== 'server-said-no') return removed;
  const still = await connection.changes.present(uids);
  if (!still.ok) return still;
  const gone = messages.filter(({ uid }) => !still.value.has(uid));
  await ledger.endActions(mailboxId, gone, 'copy', 'done', nowSeconds());
  if (!removed.ok) return refusedOrLost(step, [], removed.problem);
  return gone.length === messages.length ? ok(null) : leftBehind(step, []);
}

/** A refusal is an answer: nothing happened to `messages`. Anything else is settled another time. */
async function refusedOrLost(
  step: AfterStep,
  messages: readonly DueMessage[],
  problem: ConnectionProblem,
): Acted {
  if (problem.code !== 'server-said-no') return { ok: false, problem };
  await step.ledger.forgetActions(messages);
  const { folder, target } = step;
  return ok(afterProblem('server-refused', { folder, target, words: problem.message }));
}

async function leftBehind(step: AfterStep, messages: readonly DueMessage[]): Acted {
  await step.ledger.forgetActions(messages);
  const { folder, target } = step;
  return ok(afterProblem('left-behind', { folder, target, words: '' }));
}
