import type { ClassifiedSource, ClassQuestion } from '../classified.ts';
import { daysInWords, messagesInWords } from '../verdict/in-words.ts';
import type { Reading } from './reading.ts';
import { type Window, windowDaysOf, windowMessagesOf } from './window.ts';

/**
 * The questions to the user, those first whose answers move the verdict most. Every message of an
 * unknown source stands in the part that has no class; answered "own", those that fail DMARC move the
 * rate of own mail as well, so they count twice. Of a source without mail in the window no answer
 * depends, and nothing is asked.
 */
export function questionsOf(
  sources: readonly ClassifiedSource[],
  readings: readonly Reading[],
  window: Window,
): ClassQuestion[] {
  return sources
    .filter((source) => source.class === 'unknown')
    .map((source) => weigh(source, readings, window))
    .filter(({ question }) => question.messages > 0)
    .sort(byEffect)
    .map(({ question }) => question);
}

interface Weighed {
  question: ClassQuestion;
  effect: number;
  /** Over the whole range. */
  all: number;
}

function weigh(
  { id, name, streams }: ClassifiedSource,
  readings: readonly Reading[],
  window: Window,
): Weighed {
  const days = new Set<number>();
  let messages = 0;
  let failing = 0;
  let all = 0;
  for (const index of streams) {
    const reading = readings[index];
    if (reading === undefined) continue;
    const inWindow = windowMessagesOf(reading.stream, window);
    const { dkimAligned, spfAligned } = reading.stream.shape.policyEvaluated;
    messages += inWindow;
    if (dkimAligned !== true && spfAligned !== true) failing += inWindow;
    all += reading.messages;
    for (const day of windowDaysOf(reading.stream, window)) days.add(day);
  }
  const sent = `${messagesInWords(messages)} in your name on ${days.size} of ${daysInWords(window.to - window.from + 1)}`;
  const outcome = failing === 0 ? 'pass' : failing === messages ? 'fail' : 'partly fail';
  const text = `${name}: is this yours? It sent ${sent}, which ${outcome} DMARC.`;
  return { question: { sourceId: id, text, messages }, effect: messages + failing, all };
}

function byEffect(a: Weighed, b: Weighed): number {
  return (
    b.effect - a.effect || b.all - a.all || (a.question.sourceId < b.question.sourceId ? -1 : 1)
  );
}
