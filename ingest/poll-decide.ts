import { setImmediate } from 'node:timers/promises';
import type { DecidedDocument, DecidedMessage, MessageKey } from './ledger.ts';
import type { Limits } from './limits.ts';
import { readParts } from './mail-documents.ts';
import type { PollLedger } from './poll-ledger.ts';
import type { LookedAt } from './poll-look.ts';
import type { DocumentReader } from './read-document.ts';

/** A message that was begun this often and never decided has ended the program each time. */
export const ATTEMPTS_BEFORE_SET_ASIDE = 2;
/** Messages of one transaction: the whole of what was fetched together. Pages of the sums are written once for all. */
const COMMIT_MESSAGES = 1_000;

/** A few milliseconds' worth. */
const MESSAGES_IN_A_ROW = 8;

export interface DecideDeps {
  ledger: PollLedger;
  reader: DocumentReader;
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
 * message is parsed. What was begun before goes alone, each attempt of its own, so that a message that
 * ends the program takes no other with it.
 */
export async function decideMessages(
  deps: DecideDeps,
  messages: readonly LookedAt[],
): Promise<void> {
  const calm = messages.filter(({ uid }) => deps.attemptsOf(uid) === 0);
  const together = Array.from({ length: Math.ceil(calm.length / COMMIT_MESSAGES) }, (_, place) =>
    calm.slice(place * COMMIT_MESSAGES, (place + 1) * COMMIT_MESSAGES),
  );
  const alone = messages.filter(({ uid }) => deps.attemptsOf(uid) > 0).map((one) => [one]);
  for (const batch of [...together, ...alone]) {
    if (deps.signal.aborted) return;
    await decideTogether(deps, batch);
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
  deps.ledger.reading(key);
  const documents = await readParts(content.toRead, deps.limits, deps.reader, deps.nowSeconds());
  return { key, sizeBytes, headerBlock, documents };
}
