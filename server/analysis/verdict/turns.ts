import { rhythmOf } from '../rhythm.ts';
import type { Case, Findings } from './case.ts';
import { daysWith, type SourceDays } from './source-days.ts';

/** How often a source sends, and when it was first and last seen. */
export interface Turn {
  source: SourceDays;
  /** Longest usual gap between active days; the user's word stands over it. */
  everyDays: number;
  firstDay: number;
  lastDay: number;
  /** Over everything kept, ascending; only days with mail that passes, or a failure could pass for a turn. */
  days: readonly number[];
}

/** As in `MailStream.olderDays`. */
const SELDOM_ACTIVE_DAYS = 3;
const SELDOM_DAYS = 35;

/** null where no mail of the source tells of a day. */
export function turnOf(
  { mail, at, words, settings }: Findings,
  source: SourceDays,
  counted: 'timedAligned' | 'timed' = 'timedAligned',
): Turn | null {
  const older = new Set<number>();
  let firstDay = Infinity;
  for (const index of source.streams) {
    const stream = mail.streams[index];
    if (stream?.timed !== true) continue;
    const { dkimAligned, spfAligned } = stream.shape.policyEvaluated;
    if (counted === 'timedAligned' && dkimAligned !== true && spfAligned !== true) continue;
    for (const day of stream.olderDays) older.add(day);
    firstDay = Math.min(firstDay, stream.firstDay ?? Infinity);
  }
  const recent = daysWith(source, counted, source);
  // Older days are known of streams that are seldom seen: of a source that sends all the time, too few.
  const isSeldom = recent.length < SELDOM_ACTIVE_DAYS || (recent.at(-1) ?? 0) <= at - SELDOM_DAYS;
  const active = isSeldom ? [...older].sort((a, b) => a - b).concat(recent) : recent;
  const [first, last] = [active[0], active.at(-1)];
  if (first === undefined || last === undefined) return null;
  const said = words.rhythms.find(({ sourceId }) => sourceId === source.source.id);
  const rhythm = rhythmOf(active, at, settings.seenOnceDays);
  const everyDays = said?.everyDays ?? rhythm?.everyDays ?? settings.seenOnceDays;
  return { source, everyDays, firstDay: Math.min(first, firstDay), lastDay: last, days: active };
}

export function turnsOf(about: Case): Turn[] {
  return about.own.flatMap((source) => turnOf(about, source) ?? []);
}

/** It stayed away for so long that nobody waits for it. */
export function hasEnded({ lastDay, everyDays }: Turn, { at, settings }: Findings): boolean {
  return at - lastDay > settings.turnsUntilEnded * everyDays;
}
