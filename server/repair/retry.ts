import type { KeptBytes, ReadDocument } from '../../ingest/document.ts';
import { type DocumentReader, inflateKept } from '../../ingest/read-document.ts';
import type { RefusedDocument } from '../store/check/refused-documents.ts';
import type { DecidedDocument, StoreWriter } from '../store/store.ts';

export type RetryOutcome =
  /** It could be read this time, and a report came of it that counts. */
  | 'counted'
  /** It could be read: another version of a report that came before, of which at most one counts. */
  | 'another-version'
  /** It could be read: a report that came before, and counts no more for it. */
  | 'known-before'
  /** It could be read, and is no report. */
  | 'no-report'
  /** Refused again, for the reason told. */
  | 'refused-again'
  /** Nothing of it was kept: the next look at its mailbox fetches it again. */
  | 'fetched-at-next-poll'
  /** Nothing of it was kept, and it came as a file: import it again. */
  | 'import-again'
  /** Nothing of it was kept, and its mailbox was removed. */
  | 'mailbox-removed'
  /** Nothing of it was kept; its folder numbers its mail anew since, and all of it was looked at then. */
  | 'looked-at-anew';

export interface Retried {
  messageId: number;
  mailboxId: number;
  /** File name, or the message's number in its folder. */
  message: string;
  /** Of the document that was refused; '' where the message was set aside whole. */
  part: string;
  outcome: RetryOutcome;
  /** Why it was refused before, or is again; '' where nothing says. */
  reason: string;
}

interface RetryDeps {
  refused: (messageIds: readonly number[] | null) => RefusedDocument[];
  reader: DocumentReader;
  writer: StoreWriter;
  nowSeconds: () => number;
}

/** Gives what was refused, set aside or not answered (of all messages, or of these) another chance. */
export async function retryRefused(
  deps: RetryDeps,
  messageIds: readonly number[] | null,
): Promise<Retried[]> {
  const retried: Retried[] = [];
  for (const refused of deps.refused(messageIds)) {
    const { messageId, mailboxId, uid, fileName, document } = refused;
    const message = fileName === '' ? `message ${uid}` : fileName;
    const part = document === null ? '' : document.name || document.part;
    const kept = document?.kept() ?? null;
    const { outcome, reason } =
      document !== null && kept !== null
        ? await readAgain(deps, refused, document, kept)
        : { outcome: await fetchAgain(deps, refused), reason: document?.reason ?? '' };
    retried.push({ messageId, mailboxId, message, part, outcome, reason });
  }
  return retried;
}

async function readAgain(
  { reader, writer, nowSeconds }: RetryDeps,
  { messageId, freePosition }: RefusedDocument,
  { position, part, name, reason }: NonNullable<RefusedDocument['document']>,
  kept: KeptBytes,
): Promise<{ outcome: RetryOutcome; reason: string }> {
  const place = { position, part, name };
  const read = await reader.readAttachment(inflateKept(kept), place, nowSeconds());
  const [first] = read;
  const isRefused = read.every(({ outcome }) => outcome === 'refused');
  const reasonNow = first?.outcome === 'refused' ? first.problem.reason : reason;
  if (isRefused && (reasonNow === reason || read.length > 1))
    return { outcome: 'refused-again', reason: reasonNow };
  // Where one refused attachment now holds several documents, the others come behind all there are.
  const placed = read.map((document, index): ReadDocument => ({
    ...document,
    position: index === 0 ? position : freePosition + index - 1,
  }));
  const decided = await writer.decideAgain(messageId, placed, nowSeconds());
  return isRefused
    ? { outcome: 'refused-again', reason: reasonNow }
    : { outcome: outcomeOf(decided), reason };
}

const OF_DECIDED: readonly [DecidedDocument['outcome'], RetryOutcome][] = [
  ['stored', 'counted'],
  ['conflict', 'another-version'],
  ['duplicate', 'known-before'],
];

/** Of several documents in one attachment, what tells most of it. */
const outcomeOf = (decided: readonly DecidedDocument[]): RetryOutcome =>
  OF_DECIDED.find(([of]) => decided.some(({ outcome }) => outcome === of))?.[1] ?? 'no-report';

async function fetchAgain(
  { writer }: RetryDeps,
  { messageId, isFile, isGone, isRenumbered }: RefusedDocument,
): Promise<RetryOutcome> {
  if (isFile) return 'import-again';
  if (isGone) return 'mailbox-removed';
  if (isRenumbered) return 'looked-at-anew';
  await writer.putBack([messageId]);
  return 'fetched-at-next-poll';
}
