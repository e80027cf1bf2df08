import type { ConnectionProblem } from './connection-problem.ts';
import type { FolderStatus } from './mailbox.ts';
import { lookAtChunk } from './poll-chunk.ts';
import { newFolderMemory, type Pass, type PollDeps, type PollProgress } from './poll-pass.ts';
import { continueFrom } from './poll-plan.ts';
import { chunksOf, newUids } from './poll-uids.ts';
import { createWorkLine } from './poll-work-line.ts';
import { bad, ok, type Result } from './result.ts';

/** A message that was not there this often is gone, and is not asked for again by this process. */
const LOOKS_BEFORE_GONE = 2;

/**
 * One look at a folder: what is new, and what was left open. Every message that is seen has its ledger
 * row when this returns, also when the connection is lost half-way; the next pass goes on from there.
 * @throws what the ledger throws: nothing is marked as seen then that was not committed.
 */
export async function pollFolder(deps: PollDeps): Promise<Result<PollProgress, ConnectionProblem>> {
  const status = await deps.connection.examine();
  if (!status.ok) return status;
  const pass = await beginPass(deps, status.value);
  const problem = await lookAtAll(pass);
  await pass.line.end();
  return problem === null ? ok(pass.progress) : bad(problem);
}

async function beginPass(deps: PollDeps, status: FolderStatus): Promise<Pass> {
  const { ledger, mailboxId, memory } = deps;
  const before = await ledger.folderProgress(mailboxId);
  const from = continueFrom(before, status);
  if (from !== before) await ledger.saveFolderProgress(mailboxId, from);
  const uidValidity = from.uidValidity ?? '';
  if (memory.uidValidity !== uidValidity) Object.assign(memory, newFolderMemory(), { uidValidity });
  const progress = {
    seen: 0,
    total: from.seenUpToUid === 0 ? status.messages : 0,
    reports: 0,
  };
  return { ...deps, status, from, line: createWorkLine(deps.signal), progress };
}

async function lookAtAll(pass: Pass): Promise<ConnectionProblem | null> {
  const open = await pass.ledger.open(pass.mailboxId, pass.from.uidValidity ?? '');
  const asked = open.filter(({ uid }) => (pass.memory.missing.get(uid) ?? 0) < LOOKS_BEFORE_GONE);
  // Above the mark they are found again by the search.
  const below = asked.map(({ uid }) => uid).filter((uid) => uid <= pass.from.seenUpToUid);
  for (const uids of chunksOf(below)) {
    const problem = await lookAtChunk(pass, uids);
    if (problem !== null || pass.signal.aborted) return problem;
  }
  for await (const uids of newUids(pass.connection, pass.status, pass.from.seenUpToUid)) {
    if (!uids.ok) return uids.problem;
    const problem = await lookAtChunk(pass, uids.value);
    if (problem !== null || pass.signal.aborted) return problem;
    const seenUpToUid = uids.value.at(-1) ?? pass.from.seenUpToUid;
    const { uidValidity } = pass.from;
    await pass.line.add(() =>
      pass.ledger.saveFolderProgress(pass.mailboxId, { uidValidity, seenUpToUid }),
    );
  }
  return null;
}
