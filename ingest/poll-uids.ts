import type { ConnectionProblem } from './connection-problem.ts';
import type { FolderStatus, MailboxConnection } from './mailbox.ts';
import { nextWindow } from './poll-plan.ts';
import { ok, type Result } from './result.ts';

/** UIDs of one FETCH: enough to make a round trip cheap, few enough to keep in memory. */
const CHUNK_UIDS = 1_000;
/** Servers may refuse a command line of more than 8,192 bytes (RFC 7162, 4): here a list of UIDs and the rest. */
const MOST_UID_CHARACTERS = 7_000;

/** The UIDs above `seenUpToUid`, ascending, in chunks; a search covers a window of them at a time. */
export async function* newUids(
  connection: MailboxConnection,
  status: FolderStatus,
  seenUpToUid: number,
): AsyncGenerator<Result<number[], ConnectionProblem>> {
  const last = status.uidNext === null ? null : status.uidNext - 1;
  let width: number | null = null;
  let low = seenUpToUid + 1;
  let found = 0;
  do {
    if (last !== null && low > last) return;
    width = nextWindow(width, found);
    const high: number | null = last === null ? null : Math.min(low + width - 1, last);
    const uids = await connection.searchUids(low, high);
    if (!uids.ok) {
      yield uids;
      return;
    }
    for (const chunk of chunksOf(uids.value)) yield ok(chunk);
    found = uids.value.length;
    low = (high ?? 0) + 1;
  } while (last !== null);
}

/** @param uids ascending */
export function chunksOf(uids: readonly number[]): number[][] {
  const charactersEach = String(uids.at(-1) ?? '').length + 1;
  const size = Math.min(CHUNK_UIDS, Math.floor(MOST_UID_CHARACTERS / charactersEach));
  const chunks: number[][] = [];
  for (let start = 0; start < uids.length; start += size) {
    chunks.push(uids.slice(start, start + size));
  }
  return chunks;
}
