import type { Case } from './case.ts';
import { messagesInWords } from './in-words.ts';

/** "12 messages a week", rounded up: a loss is not made smaller. */
export function perWeekInWords(messages: number, { window }: Pick<Case, 'window'>): string {
  const days = window.to - window.from + 1;
  return `${messagesInWords(Math.ceil((messages * 7) / days))} a week`;
}
