import { type CopyTarget, type MessageIdentity, type OpenAction, settle } from './after-plan.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import type { AfterDeps } from './poll-after-step.ts';
import { ok, type Result } from './result.ts';

/**
 * Looks what became of commands whose end nobody heard: a message that is no longer in the folder was
 * moved or deleted, one that still is was not. Needs the folder to be open, and leaves another one
 * open where copies had to be looked for.
 */
export async function settleOpen(
  deps: AfterDeps,
): Promise<Result<{ wasOpened: boolean }, ConnectionProblem>> {
  const { ledger, mailboxId, nowSeconds, setting } = deps;
  const open = await ledger.openActions(mailboxId);
  if (open.length === 0) return ok({ wasOpened: false });
  const uidValidity = (await ledger.folderProgress(mailboxId)).uidValidity ?? '';
  const ours = open.filter((action) => action.uidValidity === uidValidity);
  const present = await presentOf(deps, ours);
  if (!present.ok) return present;
  const copy = ours.find(({ isCopied, target, uid }) => {
    return target !== null && !isCopied && present.value.has(uid);
  });
  const copies = await copiesIn(deps, copy?.target ?? null);
  if (!copies.ok) return copies;
  const settled = settle(open, uidValidity, present.value, copies.value ?? [], setting.choice);
  const now = nowSeconds();
  for (const method of ['mark', 'move', 'copy', 'delete'] as const) {
    const by = (actions: readonly OpenAction[]): OpenAction[] =>
      actions.filter((action) => action.method === method);
    await ledger.endActions(mailboxId, by(settled.done), method, 'done', now);
    await ledger.endActions(mailboxId, by(settled.gone), method, 'gone', now);
    await ledger.endActions(mailboxId, by(settled.copied), method, 'copied', now);
    await ledger.endActions(mailboxId, by(settled.other), method, 'other', now);
  }
  // The target has new UIDs: whether a copy lies there cannot be told, and no second one is made.
  const isUnsure = copies.value === null;
  const unsure = settled.forget.filter(({ method }) => isUnsure && method === 'copy');
  await ledger.endActions(mailboxId, unsure, 'copy', 'other', now);
  await ledger.forgetActions(settled.forget.filter((action) => !unsure.includes(action)));
  return ok({ wasOpened: copy !== undefined });
}

async function presentOf(
  { connection }: AfterDeps,
  actions: readonly OpenAction[],
): Promise<Result<Set<number>, ConnectionProblem>> {
  if (actions.length === 0) return ok(new Set<number>());
  return connection.changes.present(actions.map(({ uid }) => uid).sort((a, b) => a - b));
}

/** What lies in the target since the copy was asked for; null where that cannot be told. */
async function copiesIn(
  { connection }: AfterDeps,
  target: CopyTarget | null,
): Promise<Result<MessageIdentity[] | null, ConnectionProblem>> {
  if (target === null) return ok([]);
  const { folder, uidValidity, fromUid } = target;
  const { changes } = connection;
  const found = await changes.identitiesFrom(changes.fullName(folder), uidValidity, fromUid);
  // The folder is gone, and with it any copy.
  if (!found.ok && found.problem.code === 'no-such-folder') return ok([]);
  return found;
}
