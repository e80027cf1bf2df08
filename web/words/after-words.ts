import type { AfterChoice, MailboxResponse } from '../../server/api/contract.ts';
import { formatQuantity } from '../format.ts';

type After = MailboxResponse['after'];

/** What can be chosen for the mail of stored reports, the usual first. */
export const AFTER_LABELS: Readonly<Record<AfterChoice['kind'], string>> = {
  leave: 'leave it as it is',
  mark: 'mark it as read',
  move: 'move it to a folder',
  delete: 'delete it after some days',
};

/** What a choice means for the mailbox. */
export function afterConsequence(choice: AfterChoice): string {
  switch (choice.kind) {
    case 'leave':
      return 'Nothing in the mailbox is changed: Ruadmap opens it read-only.';
    case 'mark':
      return 'Mail of reports no longer shows as unread. Other mail, and reports that were refused, stay as they are.';
    case 'move':
      return 'Mail of reports leaves the folder that is read. Other mail, and reports that were refused, stay where they are.';
    case 'delete':
      return 'Mail of reports is removed for good. Ruadmap keeps the reports and their XML; the mail cannot be brought back. Other mail, and reports that were refused, stay.';
  }
}

/** 'opens INBOX read-only …', as the end of a sentence about Ruadmap. */
export function rightsWords({ choice }: After): string {
  switch (choice.kind) {
    case 'leave':
      return 'read-only: nothing is marked, moved or deleted';
    case 'mark':
      return 'and, as chosen, marks mail of stored reports as read; nothing else is changed';
    case 'move':
      return `and, as chosen, moves mail of stored reports to ${choice.folder}; nothing else is changed`;
    case 'delete':
      return `and, as chosen, deletes mail of stored reports after ${formatQuantity(choice.days, 'day')}; nothing else is changed`;
  }
}

/** '12 messages moved so far.'; empty where nothing was done. */
export function afterCounts({ marked, moved, deleted, leftAlone }: After): string {
  const done = [
    [marked, 'marked as read'],
    [moved, 'moved'],
    [deleted, 'deleted'],
    [leftAlone, 'left alone, as they are not surely those that were stored'],
  ] as const;
  const parts = done.flatMap(([count, words]) =>
    count === 0 ? [] : [`${formatQuantity(count, 'message')} ${words}`],
  );
  return parts.length === 0 ? '' : `So far ${parts.join(', ')}.`;
}
