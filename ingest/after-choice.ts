import { bad, ok, type Result } from './result.ts';

/** What happens to the mail of a report once the report is stored. Other mail is never touched. */
export type AfterChoice =
  | { kind: 'leave' }
  /** Gets the flag \Seen, as if it had been read (RFC 9051, 2.3.2). */
  | { kind: 'mark' }
  /** `create`: the folder is made where it is missing. */
  | { kind: 'move'; folder: string; create: boolean }
  /** Days of 24 hours since the report was stored. */
  | { kind: 'delete'; days: number };

/** The choice for one folder, and what must be known of the account's other folders. */
export interface AfterSetting {
  choice: AfterChoice;
  /** Folders of the same account out of which another mailbox moves mail. */
  movedFrom: readonly string[];
}

export const LEAVE: AfterChoice = { kind: 'leave' };
export const LEAVE_ALL: AfterSetting = { choice: LEAVE, movedFrom: [] };
export const MOST_DAYS = 3650;

/** INBOX alone has no case (RFC 9051, 5.1). */
export const isSameFolder = (one: string, other: string): boolean =>
  one === other || (/^inbox$/i.test(one) && /^inbox$/i.test(other));

/** Control characters have no place in what is sent to a mail server. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Why a choice cannot be meant for mail that lies in `ownFolder`; null where it can. */
export function faultOfChoice(choice: AfterChoice, ownFolder: string): string | null {
  if (choice.kind === 'move') {
    if (choice.folder.trim() === '') return 'Name the folder to which reports are moved.';
    if (CONTROL.test(choice.folder)) return 'The folder to move to holds a control character.';
    if (isSameFolder(choice.folder, ownFolder)) {
      return `Reports lie in ${ownFolder} already: name another folder to move them to.`;
    }
  }
  if (choice.kind === 'delete' && !(choice.days >= 1 && choice.days <= MOST_DAYS)) {
    return `Reports can be deleted after 1 to ${MOST_DAYS} days.`;
  }
  return null;
}

/** `leave`, `mark`, `move:FOLDER`, `move-create:FOLDER` or `delete:DAYS`. */
export function decodeAfterChoice(text: string): Result<AfterChoice, string> {
  if (text === 'leave' || text === 'mark') return ok({ kind: text });
  const [, kind, value = ''] = /^(move|move-create|delete):(.+)$/s.exec(text) ?? [];
  if (kind === 'delete') {
    if (/^[0-9]{1,4}$/.test(value)) return ok({ kind, days: Number(value) });
    return bad(`"${value}" is no number of days.`);
  }
  if (kind === undefined) {
    return bad(
      `"${text}" is none of leave, mark, move:FOLDER, move-create:FOLDER and delete:DAYS.`,
    );
  }
  return ok({ kind: 'move', folder: value, create: kind === 'move-create' });
}
