import type { Case } from '../verdict/case.ts';
import { messagesInWords, percentInWords } from '../verdict/in-words.ts';
import { perWeekInWords } from '../verdict/loss.ts';
import { sumOf, sumOver } from '../verdict/source-days.ts';
import { type Finding, met, notEnoughData, notMet } from './finding.ts';

/** Forwarded messages that fail: a stricter policy may lose them, whatever the sender does. */
export function forwardingLoss(about: Case): Finding {
  const { forwarded, window, ownAligned, rung, step, at } = about;
  const threshold = rung.forwardingLossRatio;
  const hit = sumOver(forwarded, 'failed', window);
  if (hit === 0)
    return met('forwarding-loss', {
      ...{ value: 0, threshold },
      detail: 'No forwarded message would be hit.',
    });
  const sources = forwarded
    .filter((source) => sumOf(source, 'failed', window) > 0)
    .map(({ source }) => source.id);
  if (ownAligned === 0)
    return notEnoughData('forwarding-loss', {
      ...{ value: null, threshold, sources, earliest: at + 1 },
      detail: `${messagesInWords(hit)} passed on by others would be hit, and no own mail passes to compare them with.`,
    });
  const value = hit / ownAligned;
  const found = `${messagesInWords(hit)} passed on by others would be hit by p=${step.target}: ${perWeekInWords(hit, about)}, ${percentInWords(value)} of own mail`;
  if (value <= threshold) return met('forwarding-loss', { value, threshold, detail: `${found}.` });
  return notMet('forwarding-loss', {
    ...{ value, threshold, sources, earliest: at + 1 },
    detail: `${found}; at most ${percentInWords(threshold)} is allowed. See that all own mail is signed by DKIM, which survives most forwarding, or accept the loss.`,
  });
}
