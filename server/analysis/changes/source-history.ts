import type { DomainMail, UserWords } from '../../store/domain-mail.ts';
import type { ClassifiedSource } from '../classified.ts';
import { rhythmOf } from '../rhythm.ts';
import type { ClassSums } from '../verdict-types.ts';

/** The timed mail of a source. Days are days since 1970-01-01, UTC. */
export interface SourceHistory {
  source: ClassifiedSource;
  /** Sums by day, from `mail.from` on, days ascending. */
  days: ReadonlyMap<number, ClassSums>;
  /** Over everything kept. */
  firstDay: number;
  lastDay: number;
  /** Its turn: the longest usual gap between active days, by the user's word where there is one. */
  everyDays: number;
}

/** A source that stayed away for less than this has not ended, however often it sent. */
const SHORTEST_SILENCE_DAYS = 7;

/** Sources with any timed mail. */
export function historiesOf(
  mail: DomainMail,
  sources: readonly ClassifiedSource[],
  rhythms: UserWords['rhythms'],
): SourceHistory[] {
  return sources.flatMap((source) => {
    const sums = new Map<number, ClassSums>();
    const active: number[] = [];
    let firstDay = Infinity;
    for (const index of source.streams) {
      const stream = mail.streams[index];
      if (stream?.timed !== true) continue;
      active.push(...stream.olderDays);
      if (stream.lastDay !== null) active.push(stream.lastDay);
      // No active day: the days between it and the range are not kept of streams that are often seen.
      firstDay = Math.min(firstDay, stream.firstDay ?? Infinity);
      const { dkimAligned, spfAligned } = stream.shape.policyEvaluated;
      stream.days.forEach((day, at) => {
        const messages = stream.messages[at] ?? 0;
        addTo(sums, day, messages, dkimAligned === true, spfAligned === true);
      });
    }
    const word = rhythms.find(({ sourceId }) => sourceId === source.id);
    const rhythm = rhythmOf([...active, ...sums.keys()], mail.at);
    if (rhythm === null) return [];
    return [
      {
        source,
        days: new Map([...sums].sort(([a], [b]) => a - b)),
        firstDay: Math.min(firstDay, rhythm.firstDay),
        lastDay: rhythm.lastDay,
        everyDays: word?.everyDays ?? rhythm.everyDays,
      },
    ];
  });
}

function addTo(
  sums: Map<number, ClassSums>,
  day: number,
  messages: number,
  isDkimAligned: boolean,
  isSpfAligned: boolean,
): void {
  if (messages === 0) return;
  const sum = sums.get(day) ?? { messages: 0, dmarcAligned: 0, dkimAligned: 0, spfAligned: 0 };
  sum.messages += messages;
  if (isDkimAligned || isSpfAligned) sum.dmarcAligned += messages;
  if (isDkimAligned) sum.dkimAligned += messages;
  if (isSpfAligned) sum.spfAligned += messages;
  sums.set(day, sum);
}

export function sumsWithin(
  { days }: SourceHistory,
  { from, to }: { from: number; to: number },
): ClassSums {
  const sum = { messages: 0, dmarcAligned: 0, dkimAligned: 0, spfAligned: 0 };
  for (const [day, { messages, dmarcAligned, dkimAligned, spfAligned }] of days) {
    if (day < from || day > to) continue;
    sum.messages += messages;
    sum.dmarcAligned += dmarcAligned;
    sum.dkimAligned += dkimAligned;
    sum.spfAligned += spfAligned;
  }
  return sum;
}

/** Newest day that any report tells of: after it, silence says nothing. null without a report. */
export function newestReportedDay({ reporterDays, reports }: DomainMail): number | null {
  let newest: number | null = null;
  for (const { day } of reporterDays) newest = Math.max(newest ?? day, day);
  for (const { lastDay } of reports)
    if (lastDay !== null) newest = Math.max(newest ?? lastDay, lastDay);
  return newest;
}

/** Silent for longer than its turn, and for longer than a week. */
export function hasEnded({ lastDay, everyDays }: SourceHistory, newestDay: number): boolean {
  return newestDay - lastDay > Math.max(everyDays, SHORTEST_SILENCE_DAYS);
}

/** Its first mail came when a full turn of it had passed without any since reports began. */
export function hasBegun({ firstDay, everyDays }: SourceHistory, oldestDay: number): boolean {
  return firstDay - oldestDay > everyDays;
}

/** First day of any timed mail; null without any. */
export function oldestDayOf({ streams }: DomainMail): number | null {
  let oldest: number | null = null;
  for (const { timed, firstDay } of streams)
    if (timed && firstDay !== null) oldest = Math.min(oldest ?? firstDay, firstDay);
  return oldest;
}
