import { addToTally, emptyTally, facetOf, outcomeOf, type Tally } from '../../ingest/outcome.ts';
import type { ClassifiedSource } from '../analysis/classified.ts';
import type { DomainMail, MailStream } from '../store/domain-mail.ts';

/** Days since 1970, UTC, both included. */
export interface Days {
  from: number;
  to: number;
}

/** Sums of one source over some days. */
export interface SourceTally {
  source: ClassifiedSource;
  tally: Tally;
  firstDay: number | null;
  lastDay: number | null;
}

const MOST_UNALIGNED = 3;
/** Sums without a day carry this one. */
const FIRST_DAY = 0;

export const streamsOf = (mail: DomainMail, source: ClassifiedSource): MailStream[] =>
  source.streams.flatMap((index) => mail.streams[index] ?? []);

/** Messages of a stream over some days. */
export function messagesWithin({ days, messages }: MailStream, { from, to }: Days): number {
  return days.reduce(
    (sum, day, index) => (day >= from && day <= to ? sum + (messages[index] ?? 0) : sum),
    0,
  );
}

export function tallyOf(mail: DomainMail, source: ClassifiedSource, range: Days): SourceTally {
  const tally = emptyTally();
  const active: number[] = [];
  for (const stream of streamsOf(mail, source)) {
    const messages = messagesWithin(stream, range);
    if (messages === 0) continue;
    addToTally(tally, facetOf(outcomeOf(stream.shape)), messages);
    const within = stream.days.filter(
      (day) => day >= Math.max(range.from, FIRST_DAY) && day <= range.to,
    );
    active.push(...[within[0], within.at(-1)].flatMap((day) => day ?? []));
  }
  return {
    source,
    tally,
    firstDay: active.length === 0 ? null : Math.min(...active),
    lastDay: active.length === 0 ? null : Math.max(...active),
  };
}

/** What passed and was not aligned, most messages first. */
export function passedUnaligned(
  streams: readonly MailStream[],
  range: Days,
): { by: 'spf' | 'dkim'; domain: string; messages: number }[] {
  const sums = createSums<{ by: 'spf' | 'dkim'; domain: string }>();
  for (const stream of streams) {
    const messages = messagesWithin(stream, range);
    const { policyEvaluated: evaluated, dkim, spf } = stream.shape;
    for (const by of ['dkim', 'spf'] as const) {
      const aligned = by === 'dkim' ? evaluated.dkimAligned : evaluated.spfAligned;
      if (aligned === true) continue;
      const passed = (by === 'dkim' ? dkim : spf).flatMap(({ domain, result }) =>
        result === 'pass' && domain !== null ? [domain] : [],
      );
      for (const domain of new Set(passed)) sums.add({ by, domain }, messages);
    }
  }
  return sums.ranked().slice(0, MOST_UNALIGNED);
}

/** Sums of messages by a few words, ranked: most first, ties by the words. */
export function createSums<K extends object>() {
  const sums = new Map<string, K & { messages: number }>();
  return {
    add(key: K, messages: number): void {
      if (messages === 0) return;
      const text = JSON.stringify(key);
      const known = sums.get(text);
      if (known === undefined) sums.set(text, { ...key, messages });
      else known.messages += messages;
    },
    ranked: (): (K & { messages: number })[] =>
      [...sums]
        .sort(([a, { messages: x }], [b, { messages: y }]) => y - x || (a < b ? -1 : 1))
        .map(([, sum]) => sum),
  };
}
