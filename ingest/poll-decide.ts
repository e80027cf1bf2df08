import { setImmediate } from 'node:timers/promises';
import type { DecidedDocument, DecidedMessage, MessageKey } from './ledger.ts';
import type { Limits } from './limits.ts';
import { readParts } from './mail-documents.ts';
import type { PollLedger } from './poll-ledger.ts';
import type { LookedAt } from './poll-look.ts';
import type { DocumentReader } from './read-document.ts';
import {
  type ReadingTrial,
  type Suspicion,
  suspicionOf,
  type TrialContent,
} from './reading-trial.ts';

/** Messages of one transaction: the whole of what was fetched together. Pages of the sums are written once for all. */
const COMMIT_MESSAGES = 1_000;

/** A few milliseconds' worth. */
const MESSAGES_IN_A_ROW = 8;

export interface DecideDeps {
  ledger: PollLedger;
  reader: DocumentReader;
  trial: ReadingTrial;
  limits: Limits;
  nowSeconds: () => number;
  /** Stops between two transactions. */
  signal: AbortSignal;
  keyOf: (uid: number) => MessageKey;
  /** Attempts counted before this pass. */
  attemptsOf: (uid: number) => number;
  onCommitted: (batch: readonly DecidedMessage[], decided: readonly DecidedDocument[][]) => void;
}

/**
 * Reads and commits messages, a batch at a time. The attempt is counted durably before anything of a
 * message is parsed. What was begun before and never decided comes last, once it has survived a trial.
 */
export async function decideMessages(
  deps: DecideDeps,
  messages: readonly LookedAt[],
): Promise<void> {
  const suspicion = ({ uid }: LookedAt): Suspicion => suspicionOf(deps.attemptsOf(uid));
  await decideInBatches(
    deps,
    messages.filter((one) => suspicion(one) === 'none'),
    COMMIT_MESSAGES,
  );
  const innocent = await tryApart(
    deps,
    messages.filter((one) => suspicion(one) !== 'none'),
  );
  const isLone = (one: LookedAt): boolean => suspicion(one) === 'try-alone';
  await decideInBatches(
    deps,
    innocent.filter((one) => !isLone(one)),
    COMMIT_MESSAGES,
  );
  await decideInBatches(deps, innocent.filter(isLone), 1);
}

/** Sets aside what ends a process that does nothing but read it. @returns the others. */
async function tryApart(deps: DecideDeps, messages: readonly LookedAt[]): Promise<LookedAt[]> {
  const contents = messages.flatMap(({ content }): TrialContent[] =>
    'toRead' in content ? [{ kind: 'parts', toRead: content.toRead }] : [],
  );
  const isStopped = (): boolean => deps.signal.aborted;
  if (contents.length === 0 || isStopped()) return [...messages];
  const survived = await deps.trial(contents);
  const isGuilty = ({ content }: LookedAt): boolean =>
    'toRead' in content && survived.shift() === false;
  const guilty = new Set(messages.filter(isGuilty));
  // The end of the whole program may have come over the trial as well.
  if (guilty.size === 0 || isStopped()) return [...messages];
  const keys = [...guilty].map(({ uid }) => deps.keyOf(uid));
  await deps.ledger.markMessages(keys, 'set-aside', deps.nowSeconds());
  return messages.filter((one) => !guilty.has(one));
}

async function decideInBatches(
  deps: DecideDeps,
  messages: readonly LookedAt[],
  batchMessages: number,
): Promise<void> {
  for (let from = 0; from < messages.length; from += batchMessages) {
    if (deps.signal.aborted) return;
    await decideTogether(deps, messages.slice(from, from + batchMessages));
  }
}

async function decideTogether(deps: DecideDeps, messages: readonly LookedAt[]): Promise<void> {
  const { ledger, nowSeconds, keyOf } = deps;
  const toRead = messages.filter(({ content }) => 'toRead' in content);
  const keys = toRead.map(({ uid }) => keyOf(uid));
  if (keys.length > 0) await ledger.beginAttempts(keys, nowSeconds());
  const batch: DecidedMessage[] = [];
  for (const message of messages) {
    batch.push(await decide(deps, message));
    // What was asked of the server meanwhile is taken in between, and the next is asked for.
    if (batch.length % MESSAGES_IN_A_ROW === 0) await setImmediate();
  }
  const decided = await ledger.commit(batch, nowSeconds());
  deps.onCommitted(batch, decided);
}

async function decide(deps: DecideDeps, message: LookedAt): Promise<DecidedMessage> {
  const { uid, sizeBytes, headerBlock, content } = message;
  const key = deps.keyOf(uid);
  if ('documents' in content) return { key, sizeBytes, headerBlock, documents: content.documents };
  const documents = await readParts(content.toRead, deps.limits, deps.reader, deps.nowSeconds());
  return { key, sizeBytes, headerBlock, documents };
}
