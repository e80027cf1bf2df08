import type { ConnectionProblem } from './connection-problem.ts';
import type { MessageKey } from './ledger.ts';
import { refusedDocument } from './mail-documents.ts';
import { type DecideDeps, decideMessages } from './poll-decide.ts';
import { type LookedAt, lookAtMessages, type LookResult } from './poll-look.ts';
import type { Pass } from './poll-pass.ts';
import { refused } from './problem.ts';
import { suspicionOf } from './reading-trial.ts';

/** A message at which the server failed this often is refused: others wait behind it. */
const FAILURES_BEFORE_REFUSED = 3;
/** Of more messages that were not answered, none was lost to the answer of another: they are gone. */
const MOST_ALONE = 100;

/** Looks at up to a thousand messages together, then alone at those where that did not work. */
export async function lookAtChunk(
  pass: Pass,
  uids: readonly number[],
): Promise<ConnectionProblem | null> {
  const { ledger, mailboxId, memory, progress } = pass;
  progress.total = Math.max(progress.total, progress.seen + uids.length);
  const undecided = await ledger.undecided(mailboxId, pass.from.uidValidity ?? '', uids);
  const attempts = new Map(undecided.map(({ uid, attempts }) => [uid, attempts]));
  const attemptsOf = (uid: number): number => attempts.get(uid) ?? 0;
  const isPoison = (uid: number): boolean => suspicionOf(attemptsOf(uid)) === 'set-aside';
  const poison = [...attempts.keys()].filter(isPoison);
  if (poison.length > 0) {
    const keys = poison.map((uid) => keyOf(pass, uid));
    await ledger.markMessages(keys, 'set-aside', pass.nowSeconds());
  }
  const deps = decideDeps(pass, attemptsOf);
  const wanted = [...attempts.keys()].filter((uid) => !isPoison(uid));
  const well = wanted.filter((uid) => !memory.failures.has(uid));
  const unanswered = well.filter((uid) => memory.missing.has(uid));
  const doubtful = new Set(unanswered.length > MOST_ALONE ? [] : unanswered);
  const together = well.filter((uid) => !doubtful.has(uid));
  for (const uids of [together, ...[...doubtful].map((uid) => [uid])]) {
    const { problem } = await look(pass, deps, uids);
    if (problem !== null || pass.signal.aborted) return problem;
  }
  for (const uid of wanted.filter((each) => memory.failures.has(each))) {
    const problem = await lookAlone(pass, deps, uid);
    if (problem !== null) return problem;
  }
  progress.seen += uids.length;
  pass.onProgress({ ...progress });
  return null;
}

async function lookAlone(
  pass: Pass,
  deps: DecideDeps,
  uid: number,
): Promise<ConnectionProblem | null> {
  while (!pass.signal.aborted) {
    const failures = pass.memory.failures.get(uid) ?? 0;
    if (failures >= FAILURES_BEFORE_REFUSED) {
      await pass.line.add(() => decideMessages(deps, [fetchFailed(uid, failures)]));
      pass.memory.failures.delete(uid);
      return null;
    }
    const { problem, failed } = await look(pass, deps, [uid]);
    if (problem !== null) return problem;
    if (failed.length > 0) continue;
    pass.memory.failures.delete(uid);
    return null;
  }
  return null;
}

async function look(pass: Pass, deps: DecideDeps, uids: readonly number[]): Promise<LookResult> {
  if (uids.length === 0) return { missing: [], failed: [], problem: null };
  const { connection, memory, limits, line } = pass;
  const result = await lookAtMessages(connection, uids, limits, (ready) =>
    line.add(() => decideMessages(deps, ready)),
  );
  // A stop is nobody's fault.
  if (!pass.signal.aborted) for (const uid of result.failed) countUp(memory.failures, uid);
  for (const uid of result.missing) countUp(memory.missing, uid);
  if (result.missing.length > 0) {
    const keys = result.missing.map((uid) => keyOf(pass, uid));
    await line.add(() => pass.ledger.markMessages(keys, 'unresolved', pass.nowSeconds()));
  }
  return result;
}

const countUp = (counts: Map<number, number>, uid: number): Map<number, number> =>
  counts.set(uid, (counts.get(uid) ?? 0) + 1);

const fetchFailed = (uid: number, failures: number): LookedAt => ({
  uid,
  sizeBytes: 0,
  headerBlock: null,
  content: {
    documents: [
      refusedDocument(
        { part: '', name: '', position: 0 },
        refused('fetch-failed', `the server failed at it ${failures} times`),
      ),
    ],
  },
});

const keyOf = ({ mailboxId, from }: Pass, uid: number): MessageKey => ({
  mailboxId,
  uidValidity: from.uidValidity ?? '',
  uid,
  name: '',
});

const decideDeps = (pass: Pass, attemptsOf: (uid: number) => number): DecideDeps => ({
  ledger: pass.ledger,
  reader: pass.reader,
  trial: pass.trial,
  limits: pass.limits,
  nowSeconds: pass.nowSeconds,
  signal: pass.signal,
  keyOf: (uid) => keyOf(pass, uid),
  attemptsOf,
  onCommitted: (batch, decided) => {
    const stored = decided.flat().filter(({ outcome }) => outcome === 'stored').length;
    pass.progress.reports += stored;
    const { after } = pass.memory;
    for (const { key } of batch) after.upToUid = Math.min(after.upToUid, key.uid - 1);
    pass.onCommitted?.(batch, decided);
    pass.onProgress({ ...pass.progress });
  },
});
