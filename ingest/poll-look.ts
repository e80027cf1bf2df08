import type { ConnectionProblem } from './connection-problem.ts';
import type { ReadDocument } from './document.ts';
import type { Limits } from './limits.ts';
import { unfold } from './mail.ts';
import { notReportDocument, type PartsToRead, refusedDocument } from './mail-documents.ts';
import { afterPeek, PEEK_BYTES } from './mail-peek.ts';
import type { MailboxConnection } from './mailbox.ts';
import type { BodyRequest, MessageBodies, MessageHead } from './mailbox-messages.ts';
import { planBodies, type Wanted } from './poll-plan.ts';
import { type NotReportReason, type Problem, refused } from './problem.ts';
import { type Candidate, reportParts } from './report-parts.ts';

/** A message of which nothing more is needed from the server: decided by its structure, or to be read. */
export interface LookedAt {
  uid: number;
  sizeBytes: number;
  headerBlock: Buffer | null;
  content: { documents: ReadDocument[] } | { toRead: PartsToRead };
}

export interface LookResult {
  /** Asked for and not answered, by a server that said it was done. */
  missing: number[];
  /** The message at which the server failed, or which it has and did not give in whole. */
  failed: number[];
  problem: ConnectionProblem | null;
}

/** Expected bytes of one FETCH of bodies. */
const BATCH_BYTES = 8 * 1024 * 1024;

/** A message that has candidates left. */
interface Open {
  head: MessageHead;
  candidates: Candidate[];
  untried: number;
  notReport: NotReportReason;
}

/**
 * Looks at some messages of a folder: structures first, then the first bytes of what could be a report,
 * then the parts that are one. What is ready is handed on as it comes.
 */
export async function lookAtMessages(
  connection: MailboxConnection,
  uids: readonly number[],
  limits: Limits,
  onReady: (ready: LookedAt[]) => Promise<void>,
): Promise<LookResult> {
  const result: LookResult = { missing: [], failed: [], problem: null };
  const open: Open[] = [];
  const settled: LookedAt[] = [];
  const sort = (message: LookedAt | Open): void => {
    if ('head' in message) open.push(message);
    else settled.push(message);
  };

  const heads = await connection.fetchHeads(uids);
  result.missing.push(...note(result, uids, heads.answered, heads.problem));
  for (const head of heads.answered) sort(byStructure(head, limits));
  if (result.problem === null) await peekAtParts(connection, open.splice(0), result, sort);
  if (settled.length > 0) await onReady(settled);
  if (result.problem === null) await fetchParts(connection, open, limits, result, onReady);
  return result;
}

/**
 * What became of a FETCH: the first message without an answer is the one at which it failed.
 * @returns what was not answered by a server that said it was done.
 */
function note(
  result: LookResult,
  asked: readonly number[],
  answered: readonly { uid: number }[],
  problem: ConnectionProblem | null,
): number[] {
  const came = new Set(answered.map(({ uid }) => uid));
  const left = asked.filter((uid) => !came.has(uid));
  result.problem = problem;
  if (problem === null) return left;
  result.failed.push(...left.slice(0, 1));
  return [];
}

function byStructure(head: MessageHead, limits: Limits): LookedAt | Open {
  if (!head.structure.ok) return refuse(head, head.structure.problem);
  const { candidates, notReport, untried } = reportParts(
    head.structure.value,
    head.subject,
    limits,
  );
  if (candidates.length === 0) return drop(head, notReport);
  if (head.sizeBytes > limits.messageBytes) {
    return refuse(head, refused('oversized', `${head.sizeBytes} bytes`));
  }
  return { head, candidates, untried, notReport };
}

const drop = ({ uid, sizeBytes }: MessageHead, reason: NotReportReason): LookedAt => ({
  uid,
  sizeBytes,
  headerBlock: null,
  content: { documents: [notReportDocument(reason)] },
});

const refuse = ({ uid, sizeBytes }: MessageHead, problem: Problem): LookedAt => ({
  uid,
  sizeBytes,
  headerBlock: null,
  content: { documents: [refusedDocument({ part: '', name: '', position: 0 }, problem)] },
});

async function peekAtParts(
  connection: MailboxConnection,
  messages: readonly Open[],
  result: LookResult,
  sort: (message: LookedAt | Open) => void,
): Promise<void> {
  const byUid = new Map<number, Open>();
  for (const message of messages) {
    if (message.candidates.some(({ look }) => look === 'peek'))
      byUid.set(message.head.uid, message);
    else sort(message);
  }
  const wanted = [...byUid.values()].map(({ head, candidates }): Wanted => {
    const parts = candidates
      .filter(({ look }) => look === 'peek')
      .map(({ part }) => ({ part, maxBytes: PEEK_BYTES }));
    const expectedBytes = parts.length * PEEK_BYTES;
    return { uid: head.uid, parts, headerBytes: null, expectedBytes };
  });
  await fetchWanted(connection, wanted, result, async (answered) => {
    for (const { uid, bodies } of answered) {
      const message = byUid.get(uid);
      if (message !== undefined) sort(judgePeek(message, bodies));
    }
  });
}

function judgePeek(message: Open, starts: MessageBodies['bodies']): LookedAt | Open {
  let { notReport } = message;
  const candidates: Candidate[] = [];
  for (const candidate of message.candidates) {
    const start = starts.get(candidate.part);
    const chosen =
      candidate.look === 'peek' && start !== undefined ? afterPeek(candidate, start) : candidate;
    if (chosen === 'tls-report') notReport = chosen;
    if (typeof chosen !== 'string') candidates.push(chosen);
  }
  if (candidates.length === 0) return drop(message.head, notReport);
  return { ...message, candidates, notReport };
}

async function fetchParts(
  connection: MailboxConnection,
  messages: readonly Open[],
  limits: Limits,
  result: LookResult,
  onReady: (ready: LookedAt[]) => Promise<void>,
): Promise<void> {
  const byUid = new Map(messages.map((message) => [message.head.uid, message]));
  const wanted = messages.map(({ head, candidates }): Wanted => {
    const parts = candidates.map(({ part }) => ({ part, maxBytes: null }));
    const expectedBytes = candidates.reduce((sum, { sizeBytes }) => sum + sizeBytes, 4096);
    return { uid: head.uid, parts, headerBytes: limits.headerBytes + 1, expectedBytes };
  });
  await fetchWanted(connection, wanted, result, async (answered) => {
    const ready: LookedAt[] = [];
    for (const answer of answered) {
      const message = byUid.get(answer.uid);
      const looked = message === undefined ? null : withBodies(message, answer, limits);
      if (looked === null) result.failed.push(answer.uid);
      else ready.push(looked);
    }
    if (ready.length > 0) await onReady(ready);
  });
}

/** Null where the server left out a part that it had announced. */
function withBodies(message: Open, answer: MessageBodies, limits: Limits): LookedAt | null {
  const { head, candidates, untried, notReport } = message;
  const headerBlock = answer.headerBlock;
  if (headerBlock !== null && headerBlock.length > limits.headerBytes) {
    return refuse(head, refused('header-size', `more than ${limits.headerBytes} bytes of headers`));
  }
  const parts: PartsToRead['parts'] = [];
  for (const candidate of candidates) {
    const body = answer.bodies.get(candidate.part);
    if (body === undefined || (body.length === 0 && candidate.sizeBytes > 0)) return null;
    parts.push(...unfold({ candidate, body }, limits));
  }
  const { uid, sizeBytes } = head;
  return { uid, sizeBytes, headerBlock, content: { toRead: { parts, untried, notReport } } };
}

async function fetchWanted(
  connection: MailboxConnection,
  wanted: readonly Wanted[],
  result: LookResult,
  onAnswered: (answered: MessageBodies[]) => Promise<void>,
): Promise<void> {
  const requests: BodyRequest[] = planBodies(wanted, BATCH_BYTES);
  for (const request of requests) {
    if (result.problem !== null) return;
    const { answered, problem } = await connection.fetchBodies(request);
    // It gave their structures: that they are gone shows only when it no longer does.
    result.failed.push(...note(result, request.uids, answered, problem));
    await onAnswered(answered);
  }
}
