import { methodFor, planBatch, type DueMessage } from './after-plan.ts';
import { type AfterProblem, type AfterProblemCode, afterProblem } from './after-problem.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import { carryOut } from './poll-after-act.ts';
import { settleOpen } from './poll-after-settle.ts';
import type { AfterDeps, AfterStep } from './poll-after-step.ts';
import { continueFrom } from './poll-plan.ts';
import { bad, ok, type Result } from './result.ts';

/** Messages of one command: enough to be quick, few enough to look again after a lost connection. */
const BATCH_MESSAGES = 100;
/** After a refusal, it is not asked again before. */
const REFUSED_SECONDS = 600;
/** Mail that waits for its day to be deleted is looked through so often. */
const DELETE_SECONDS = 3600;

export interface AfterEnd {
  /** Another folder was open, or this one for changes: it is to be examined again. */
  wasOpened: boolean;
  /** Why mail was left where it is. */
  problem: AfterProblem | null;
}

const NOTHING: AfterEnd = { wasOpened: false, problem: null };

/**
 * Marks, moves or deletes the mail of reports that are stored, after a look at the folder over the same
 * connection. What is asked of the server is in the ledger before, and its end after; what ended
 * unheard is settled by what the folder holds the next time. Opens the folder for changes only where
 * there is something to change.
 * @throws what the ledger throws
 */
export async function actAfter(deps: AfterDeps): Promise<Result<AfterEnd, ConnectionProblem>> {
  const settled = await settleOpen(deps);
  if (!settled.ok) return settled;
  const { wasOpened } = settled.value;
  const { memory, nowSeconds, setting } = deps;
  if (setting.choice.kind === 'leave' || nowSeconds() < memory.after.notBeforeSeconds) {
    return ok({ ...NOTHING, wasOpened });
  }
  if ((await nextDue(deps, memory.after.upToUid)).length === 0) {
    rest(deps);
    return ok({ ...NOTHING, wasOpened });
  }
  const acted = await openAndAct(deps);
  if (!acted.ok) return acted;
  const problem = acted.value;
  if (problem !== null) memory.after.notBeforeSeconds = nowSeconds() + REFUSED_SECONDS;
  await deps.ledger.saveAfterProblem(deps.mailboxId, problem, nowSeconds());
  return ok({ wasOpened: true, problem });
}

async function nextDue(deps: AfterDeps, aboveUid: number): Promise<DueMessage[]> {
  const { choice } = deps.setting;
  if (choice.kind === 'leave') return [];
  const { uidValidity } = await deps.ledger.folderProgress(deps.mailboxId);
  return deps.ledger.dueMessages({
    mailboxId: deps.mailboxId,
    uidValidity: uidValidity ?? '',
    choice,
    aboveUid,
    nowSeconds: deps.nowSeconds(),
    limit: BATCH_MESSAGES,
  });
}

/** The last of what was due has been seen to. */
function rest({ memory, nowSeconds, setting }: AfterDeps): void {
  if (setting.choice.kind !== 'delete') return;
  memory.after.upToUid = 0;
  memory.after.notBeforeSeconds = nowSeconds() + DELETE_SECONDS;
}

async function openAndAct(
  deps: AfterDeps,
): Promise<Result<AfterProblem | null, ConnectionProblem>> {
  const { connection, folder, ledger, mailboxId, setting } = deps;
  const { changes } = connection;
  const { choice } = setting;
  const target = choice.kind === 'move' ? changes.fullName(choice.folder) : '';
  const refused = (code: AfterProblemCode, words = ''): Result<AfterProblem, never> =>
    ok(afterProblem(code, { folder, target, words }));

  const opened = await changes.open();
  if (!opened.ok) {
    if (opened.problem.code !== 'server-said-no') return opened;
    return refused('server-refused', opened.problem.message);
  }
  const progress = await ledger.folderProgress(mailboxId);
  // UIDs that were given out anew meanwhile: the next look sorts that out.
  if (continueFrom(progress, opened.value) !== progress) return ok(null);
  const method = methodFor(setting, opened.value.rights, {
    own: changes.fullName(folder),
    target,
  });
  if (!method.ok) return refused(method.problem);
  const step: AfterStep = { ...deps, method: method.value, target };
  if (choice.kind === 'move') {
    const missing = await ensureTarget(step, choice.create);
    if (!missing.ok) return missing;
    if (missing.value !== null) return refused(missing.value.code, missing.value.words);
  }
  return actOnAll(step);
}

async function ensureTarget(
  { connection, target }: AfterStep,
  create: boolean,
): Promise<Result<{ code: AfterProblemCode; words: string } | null, ConnectionProblem>> {
  const listed = await connection.folders();
  if (!listed.ok) return listed;
  if (listed.value.includes(target)) return ok(null);
  if (!create) return ok({ code: 'no-target', words: '' });
  const made = await connection.changes.createFolder(target);
  if (made.ok) return ok(null);
  if (made.problem.code !== 'server-said-no') return made;
  return ok({ code: 'server-refused', words: made.problem.message });
}

async function actOnAll(step: AfterStep): Promise<Result<AfterProblem | null, ConnectionProblem>> {
  const { connection, ledger, mailboxId, memory, method, nowSeconds, signal } = step;
  while (!signal.aborted) {
    const due = await nextDue(step, memory.after.upToUid);
    if (due.length === 0) {
      rest(step);
      break;
    }
    const found = await connection.changes.identities(due.map(({ uid }) => uid));
    if (found.problem !== null) return bad(found.problem);
    const plan = planBatch(due, found.answered, method);
    for (const state of ['done', 'gone', 'other'] as const) {
      await ledger.endActions(mailboxId, plan[state], method, state, nowSeconds());
    }
    const acted = await carryOut(step, plan.act);
    if (!acted.ok || acted.value !== null) return acted;
    memory.after.upToUid = due.at(-1)?.uid ?? memory.after.upToUid;
  }
  return ok(null);
}
