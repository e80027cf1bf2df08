import { setTimeout as sleep } from 'node:timers/promises';
import type { KeepDays } from './keep-days.ts';
import type { LetGoBefore, StoreReader, StoreWriter } from './store/store.ts';
import { StoreProblem } from './store/store-problem.ts';

const DAY_SECONDS = 86_400;
/** The program may run for years, or for an hour a day: it looks this often whether a day is over. */
const LOOK_MS = 3_600_000;
/**
 * Age is counted up to this long after the newest report ended, by its reporter's clock. A clock here
 * that is years ahead lets nothing go, and neither does time in which no report came.
 */
const AFTER_NEWEST_DAYS = 7;

/** What is older than it is to be kept, as moments in Unix seconds. */
export function letGoBefore(
  keep: KeepDays,
  nowSeconds: number,
  newestReportEnd: number | null,
): LetGoBefore {
  if (newestReportEnd === null) return { xml: null, refused: null, otherMail: null };
  const today = Math.min(nowSeconds, newestReportEnd + AFTER_NEWEST_DAYS * DAY_SECONDS);
  const before = (days: number | null): number | null =>
    days === null ? null : today - days * DAY_SECONDS;
  return {
    xml: before(keep.xml),
    refused: before(keep.refused),
    otherMail: before(keep.otherMail),
  };
}

export interface RetentionDeps {
  writer: StoreWriter;
  reader: StoreReader;
  keep: KeepDays;
  nowSeconds: () => number;
  signal: AbortSignal;
}

/** Lets go of what is old, once a day, in small transactions between those of mail. */
export async function letGoDaily(deps: RetentionDeps): Promise<void> {
  while (!deps.signal.aborted) {
    try {
      await letGoIfDue(deps);
    } catch (error) {
      // Whoever writes mail tells of a store that cannot be used; this waits for a better hour.
      if (!(error instanceof StoreProblem)) throw error;
    }
    await sleep(LOOK_MS, null, { signal: deps.signal }).catch(() => undefined);
  }
}

async function letGoIfDue({ writer, reader, keep, nowSeconds }: RetentionDeps): Promise<void> {
  const last = (await reader.upkeep()).find(({ kind }) => kind === 'retention');
  const startedSeconds = nowSeconds();
  // A last time that lies ahead is no reason to wait for it.
  if (last !== undefined && Math.abs(startedSeconds - last.endedSeconds) < DAY_SECONDS) return;
  const before = letGoBefore(keep, startedSeconds, await reader.newestReportEnd());
  const letGone = await writer.letGo(before);
  await writer.saveUpkeep({ kind: 'retention', endedSeconds: nowSeconds(), letGone });
}
