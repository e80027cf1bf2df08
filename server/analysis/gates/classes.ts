import type { Case } from '../verdict/case.ts';
import { listInWords, messagesInWords, percentInWords } from '../verdict/in-words.ts';
import { judgedIn, type SourceDays } from '../verdict/source-days.ts';
import { type Finding, met, notEnoughData, notMet } from './finding.ts';

/** Mail that nobody has called own or foreign yet could be either: it is asked about, not guessed. */
export function classes({ unknown, ownAligned, rung, window, at }: Case): Finding {
  const threshold = rung.unknownRatio;
  const messagesOf = (source: SourceDays): number => judgedIn(source, window);
  const asked = unknown
    .filter((source) => messagesOf(source) > 0)
    .sort((a, b) => messagesOf(b) - messagesOf(a));
  const messages = asked.reduce((sum, source) => sum + messagesOf(source), 0);
  if (messages + ownAligned === 0)
    return notEnoughData('classes', {
      ...{ value: null, threshold, earliest: at + 1 },
      detail: 'No own mail and no mail without a class was reported.',
    });
  const value = messages / (messages + ownAligned);
  if (messages === 0)
    return met('classes', { value, threshold, detail: 'Every source has a class.' });
  const found = `${messagesInWords(messages)} (${percentInWords(value)}) from sources without a class: ${listInWords(asked.map(({ source }) => source.name))}`;
  if (value <= threshold)
    return met('classes', { value, threshold, detail: `${found}. That is little enough.` });
  return notMet('classes', {
    ...{ value, threshold, earliest: at + 1, sources: asked.map(({ source }) => source.id) },
    detail: `${found}; at most ${percentInWords(threshold)} is allowed. Say for each whether it is yours.`,
  });
}
