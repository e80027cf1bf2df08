import type { MailboxResponse, MailboxState } from '../../server/api/contract.ts';
import { formatCount, formatDuration, formatQuantity } from '../format.ts';

/** 'postmaster@example.org', with the folder where it is not INBOX. */
export function mailboxName({ origin, user, folder }: MailboxResponse): string {
  if (origin === 'files') return 'Files';
  return folder.toUpperCase() === 'INBOX' ? user : `${user}, ${folder}`;
}

/** How the mailbox is doing, in words that fit into a sentence. */
export function stateWords(status: MailboxState): string {
  switch (status.state) {
    case 'starting':
      return 'starting';
    case 'connecting':
      return 'connecting to the mail server';
    case 'reading':
      return 'reading';
    case 'up-to-date':
      return 'up to date';
    case 'waiting':
      return status.problem === null ? 'waiting for the next look' : 'waiting to try again';
    case 'failed':
      return 'stopped';
  }
}

/** '812 of 1 204 messages · 31 reports · 410 a second · 1 s left'. */
export function progressWords(progress: NonNullable<MailboxState['progress']>): string {
  const { seen, total, reports, perSecond, secondsLeft } = progress;
  const parts = [
    `${formatCount(seen)} of ${formatQuantity(total, 'message')}`,
    formatQuantity(reports, 'report'),
  ];
  if (perSecond > 0) parts.push(`${formatRate(perSecond)} a second`);
  if (secondsLeft !== null && seen < total) parts.push(`${formatDuration(secondsLeft)} left`);
  return parts.join(' · ');
}

const formatRate = (perSecond: number): string =>
  perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond));

/** 'up to date, 1 204 reports, 38 other messages left alone' for the line on the overview. */
export function mailboxLine(mailbox: MailboxResponse, status: MailboxState | null): string {
  const { counts } = mailbox;
  const parts = [
    ...(status === null ? [] : [stateWords(status)]),
    formatQuantity(counts.stored, 'report'),
    ...(counts.notReport > 0
      ? [`${formatQuantity(counts.notReport, 'other message')} left alone`]
      : []),
    ...(counts.refused > 0 ? [`${formatCount(counts.refused)} refused`] : []),
  ];
  return parts.join(', ');
}
