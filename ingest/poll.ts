import type { ConnectionProblem } from './connection-problem.ts';
import type { FolderProgress } from './ledger.ts';
import type { FolderStatus } from './mailbox.ts';
import { lookAtChunk } from './poll-chunk.ts';
import { newFolderMemory, type Pass, type PollDeps, type PollProgress } from './poll-pass.ts';
import { continueFrom, isOtherMail, nextGeneration } from './poll-plan.ts';
import { chunksOf, newUids } from './poll-uids.ts';
import { createWorkLine } from './poll-work-line.ts';
import { bad, ok, type Result } from './result.ts';

/** A message that was not there this often is gone, and is not asked for again by this process. */
const LOOKS_BEFORE_GONE = 2;
/** Mails that are looked at again before new ones are: a restored folder has others under their UIDs. */
const KNOWN_LOOKED_AT = 20;

/**
 * One look at a folder: what is new, and what was left open. Every message that is seen has its ledger
 * row when this returns, also when the connection is lost half-way; the next pass goes on from there.
 * @throws what the ledger throws: nothing is marked as seen then that was not committed.
 */
export async function pollFolder(deps: PollDeps): Promise<Result<PollProgress, ConnectionProblem>> {
  const status = await deps.connection.examine();
  if (!status.ok) return status;
  const from = await placeToGoOn(deps, status.value);
  if (!from.ok) return from;
  const pass = beginPass(deps, status.value, from.value);
  const problem = await lookAtAll(pass);
  await pass.line.end();
  return problem === null ? ok(pass.progress) : bad(problem);
}

async function placeToGoOn(
  deps: PollDeps,
  status: FolderStatus,
): Promise<Result<FolderProgress, ConnectionProblem>> {
  const { ledger, mailboxId } = deps;
  const before = await ledger.folderProgress(mailboxId);
  let from = continueFrom(before, status);
  if (from === before) {
    const reused = await areUidsReused(deps, status, before);
    if (!reused.ok) return reused;
    if (reused.value) from = nextGeneration(before);
  }
  if (from !== before) await ledger.saveFolderProgress(mailboxId, from);
  return ok(from);
}

/** Only where there seems to be new mail: without any, a restored folder shows by its UIDNEXT. */
async function areUidsReused(
  { connection, ledger, mailboxId }: PollDeps,
  { uidNext }: FolderStatus,
  { uidValidity, seenUpToUid }: FolderProgress,
): Promise<Result<boolean, ConnectionProblem>> {
  if (uidNext === seenUpToUid + 1) return ok(false);
  const known = await ledger.newestKnown(mailboxId, uidValidity ?? '', KNOWN_LOOKED_AT);
  if (known.length === 0) return ok(false);
  const uids = known.map(({ uid }) => uid).sort((a, b) => a - b);
  const { answered, problem } = await connection.changes.identities(uids);
  return problem === null ? ok(isOtherMail(known, answered)) : bad(problem);
}

function beginPass(deps: PollDeps, status: FolderStatus, from: FolderProgress): Pass {
  const { memory } = deps;
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
