import type { MailStream } from '../../store/domain-mail.ts';
import type { Finding } from '../gates/finding.ts';
import type { Blocker, GateId } from '../verdict-types.ts';
import { adviceFor, signingAdvice } from './advice.ts';
import type { Case } from './case.ts';
import { perWeekInWords } from './loss.ts';
import { messagesInWords } from './in-words.ts';
import { ownRate, sourceWindow } from './own-rates.ts';
import { type Days, messagesIn, type SourceDays, sumOf } from './source-days.ts';

/** Every source that holds a gate open, with or without a class, the most messages first. */
export function blockersOf(about: Case, gates: readonly Finding[]): Blocker[] {
  const open = gates.filter(({ state }) => state === 'not-met' || state === 'not-enough-data');
  const all = [...about.own, ...about.unknown, ...about.forwarded];
  return all
    .flatMap((source) => {
      const held = open.filter(({ sources }) => sources.includes(source.source.id));
      return held.length === 0 ? [] : [blockerOf(about, source, held)];
    })
    .sort((a, b) => b.messages - a.messages || (a.source < b.source ? -1 : 1));
}

function blockerOf(about: Case, source: SourceDays, held: readonly Finding[]): Blocker {
  return {
    source: source.source.id,
    name: source.source.name,
    reason: held
      .map((gate) => gate.because?.get(source.source.id) ?? reasonFor(gate.id, about, source))
      .join(' '),
    messages: messagesIn(source, judgedOver(about, source, held)),
    gates: held.map(({ id }) => id),
  };
}

/** Own mail of a small source is looked at over a longer time than all else. */
function judgedOver(about: Case, source: SourceDays, held: readonly Finding[]): Days {
  const isOwnRate = held.some(({ id }) => id === 'own-aligned' || id === 'dkim-carries');
  return isOwnRate ? sourceWindow(about, source) : about.window;
}

function reasonFor(gate: GateId, about: Case, source: SourceDays): string {
  const { mail, window, input } = about;
  const { domain } = mail;
  switch (gate) {
    case 'own-aligned': {
      const { aligned, failed } = ownRate(about, source);
      const counted = `${failed} of ${messagesInWords(aligned + failed)} fail DMARC.`;
      return `${counted} ${adviceFor(source.source, streamsOf(mail.streams, source), domain)}`;
    }
    case 'dkim-carries': {
      const alone = sumOf(source, 'spfAlone', sourceWindow(about, source));
      return `${messagesInWords(alone)} pass by SPF alone, which forwarding breaks. ${signingAdvice(source.source, domain)}`;
    }
    case 'classes': {
      const asked = input.classification.questions.find(
        ({ sourceId }) => sourceId === source.source.id,
      );
      return asked?.text ?? `Is ${source.source.name} yours? Nobody has said so yet.`;
    }
    case 'forwarding-loss':
      return `${perWeekInWords(sumOf(source, 'failed', window), about)} that it passes on would be lost.`;
    default:
      return `${messagesInWords(sumOf(source, 'failed', window))} of it failed.`;
  }
}

function streamsOf(streams: readonly MailStream[], source: SourceDays): MailStream[] {
  return source.streams.flatMap((index) => streams[index] ?? []);
}
