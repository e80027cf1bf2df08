import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { DomainMail, UserWords } from '../store/domain-mail.ts';
import type { BeforeAfter } from './change-types.ts';
import { movingSentences } from './changes/moving.ts';
import type { Moved } from './changes/moving-words.ts';
import { signingChange } from './changes/signing.ts';
import { hasEnded, historiesOf, newestReportedDay, sumsWithin } from './changes/source-history.ts';
import type { ClassifiedSource } from './classified.ts';
import { dayInWords, messagesInWords } from './verdict/in-words.ts';

export interface BeforeAfterFacts {
  mail: DomainMail;
  classification: { sources: readonly ClassifiedSource[] };
  words: Pick<UserWords, 'rhythms'>;
  dns: Pick<DnsSnapshot, 'mx'> | null;
}

/** Days on either side, as far as they are kept. */
const MOST_DAYS = 30;
/** A source that lost more than this part of its mail is told, from so many messages on. */
const LOST_RATIO = 0.9;
const LOST_FROM_MESSAGES = 20;

/**
 * The same number of days before a day and from it on, at most 30, per source; largest first.
 * @param day days since 1970-01-01, UTC: the first one "after"
 * @returns null where no report tells of both sides
 */
export function beforeAfter(facts: BeforeAfterFacts, day: number): BeforeAfter | null {
  const { mail, classification, words, dns } = facts;
  const newestDay = newestReportedDay(mail);
  const span = Math.min(MOST_DAYS, day - mail.from, (newestDay ?? day - 1) - day + 1);
  if (newestDay === null || span < 1) return null;
  const before = { from: day - span, to: day - 1 };
  const after = { from: day, to: day + span - 1 };
  const moved = historiesOf(mail, classification.sources, words.rhythms).map((history) => ({
    history,
    before: sumsWithin(history, before),
    after: sumsWithin(history, after),
  }));
  const seen = moved.filter((one) => one.before.messages + one.after.messages > 0);
  return {
    day,
    before,
    after,
    sources: seen.sort(bySize).map((one) => ({
      sourceId: one.history.source.id,
      name: one.history.source.name,
      before: one.before,
      after: one.after,
      lastDay: one.history.lastDay,
      told: toldOf(one, { from: before.from, to: after.to }, newestDay),
    })),
    moving: movingSentences({ moved: seen, to: after.to, newestDay, dns }),
  };
}

function bySize(a: Moved, b: Moved): number {
  const size = (one: Moved) => one.before.messages + one.after.messages;
  return size(b) - size(a) || (a.history.source.id < b.history.source.id ? -1 : 1);
}

function toldOf(
  moved: Moved,
  range: { from: number; to: number },
  newestDay: number,
): string | null {
  const parts = [...volumeTold(moved, range, newestDay), ...signingTold(moved, range)];
  return parts.length === 0 ? null : parts.join('; ');
}

function volumeTold(
  { history, before, after }: Moved,
  range: { from: number; to: number },
  newestDay: number,
): string[] {
  if (hasEnded(history, newestDay)) {
    return [`Fell to nothing after ${dayInWords(history.lastDay)}`];
  }
  if (before.messages === 0) {
    const isFirst = history.firstDay >= range.from;
    return isFirst ? [`First mail on ${dayInWords(history.firstDay)}`] : [];
  }
  const lost = before.messages - after.messages;
  return before.messages >= LOST_FROM_MESSAGES && lost > before.messages * LOST_RATIO
    ? [`Fell from ${messagesInWords(before.messages)} to ${after.messages}`]
    : [];
}

function signingTold({ history }: Moved, range: { from: number; to: number }): string[] {
  const change = signingChange(history, range);
  if (change === null) return [];
  const day = dayInWords(change.day);
  return [change.signs ? `Signs since ${day}` : `No longer signs since ${day}`];
}
