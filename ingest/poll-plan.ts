import type { FolderProgress } from './ledger.ts';
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
 * folder starts a new generation, '1700000000.2', and everything in it is looked at again.
 */
export function continueFrom(progress: FolderProgress, status: FolderStatus): FolderProgress {
  const [validity, generation] = (progress.uidValidity ?? '').split('.');
  if (validity !== status.uidValidity) {
    return { uidValidity: status.uidValidity, seenUpToUid: 0 };
  }
  if (status.uidNext === null || status.uidNext > progress.seenUpToUid) return progress;
  const next = Number(generation ?? 1) + 1;
  return { uidValidity: `${validity}.${next}`, seenUpToUid: 0 };
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
