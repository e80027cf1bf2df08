import { isSameHeader, type MessageIdentity } from './after-plan.ts';
import type { FolderProgress, KnownMessage } from './ledger.ts';
import type { BodyRequest } from './mailbox-messages.ts';
import type { FolderStatus } from './mailbox.ts';

/** What is wanted of one message: which parts, and how many bytes that may be. */
export interface Wanted {
  uid: number;
  parts: BodyRequest['parts'];
  headerBytes: number | null;
  expectedBytes: number;
}

/**
 * As few commands as possible: messages that want the same parts share one, up to `batchBytes` of
 * expected bytes; a larger message goes alone.
 */
export function planBodies(wanted: readonly Wanted[], batchBytes: number): BodyRequest[] {
  const groups = new Map<string, Wanted[]>();
  for (const message of wanted) {
    const alike = JSON.stringify([message.parts, message.headerBytes]);
    const group = groups.get(alike);
    if (group === undefined) groups.set(alike, [message]);
    else group.push(message);
  }
  return [...groups.values()].flatMap((group) => splitBySize(group, batchBytes));
}

function splitBySize(group: readonly Wanted[], batchBytes: number): BodyRequest[] {
  const requests: (BodyRequest & { uids: number[] })[] = [];
  for (const { uid, parts, headerBytes, expectedBytes } of group) {
    const last = requests.at(-1);
    if (last !== undefined && last.expectedBytes + expectedBytes <= batchBytes) {
      last.uids.push(uid);
      last.expectedBytes += expectedBytes;
    } else {
      requests.push({ uids: [uid], parts, headerBytes, expectedBytes });
    }
  }
  return requests;
}

/**
 * Where to go on in a folder. UIDs mean nothing once UIDVALIDITY has changed. A UIDNEXT below what was
 * seen (a folder restored from a backup, RFC 9051 forbids it) means that UIDs are given out again: the
 * folder starts a new generation, '1700000000.2'.
 */
export function continueFrom(progress: FolderProgress, status: FolderStatus): FolderProgress {
  const [validity] = (progress.uidValidity ?? '').split('.');
  if (validity !== status.uidValidity) {
    return { uidValidity: status.uidValidity, seenUpToUid: 0 };
  }
  if (status.uidNext === null || status.uidNext > progress.seenUpToUid) return progress;
  return nextGeneration(progress);
}

/** Everything in the folder is looked at again, under the same UIDVALIDITY. */
export function nextGeneration({ uidValidity }: FolderProgress): FolderProgress {
  const [validity = '', generation] = (uidValidity ?? '').split('.');
  return { uidValidity: `${validity}.${Number(generation ?? 1) + 1}`, seenUpToUid: 0 };
}

/**
 * Whether UIDs that were seen belong to other mail now: a folder restored from a backup gives them out
 * again, and with enough new mail its UIDNEXT tells nothing. The newest ones are the first to change.
 * Size and header must both differ: some servers estimate sizes, and a stranger can write a header that
 * two questions show differently. Of other mail than reports only the size is known.
 */
export function isOtherMail(
  known: readonly KnownMessage[],
  found: readonly MessageIdentity[],
): boolean {
  const byUid = new Map(found.map((identity) => [identity.uid, identity]));
  return known.some(({ uid, sizeBytes, headerBlock }) => {
    const identity = byUid.get(uid);
    if (identity === undefined || identity.sizeBytes === sizeBytes) return false;
    return headerBlock === null || !isSameHeader(headerBlock, identity.headerLines);
  });
}

const FIRST_WINDOW = 10_000;
const FEW_UIDS = 2_000;
const MANY_UIDS = 20_000;

/** How wide the next window of UIDs is: wide over gaps, so that a sparse folder takes few searches. */
export function nextWindow(width: number | null, found: number): number {
  if (width === null) return FIRST_WINDOW;
  if (found < FEW_UIDS) return width * 4;
  return found > MANY_UIDS ? Math.ceil(width / 2) : width;
}
