import { type AfterChoice, type AfterSetting, isSameFolder } from './after-choice.ts';
import type { AfterProblemCode } from './after-problem.ts';
import { bad, ok, type Result } from './result.ts';

/** What the server and the folder allow, as told when the folder was opened for changes. */
export interface FolderRights {
  /** RFC 6851. */
  move: boolean;
  /** RFC 4315: UID EXPUNGE removes these messages and nobody else's. */
  uidPlus: boolean;
  readOnly: boolean;
  /** PERMANENTFLAGS; null where the server does not tell, which allows all. */
  flags: ReadonlySet<string> | null;
}

/** `move` and `copy` end the same; a copy takes three commands, and is noted between them. */
export type AfterMethod = 'mark' | 'move' | 'copy' | 'delete';

/** A message in the ledger, with what tells it from any other. */
export interface DueMessage {
  messageId: number;
  uid: number;
  sizeBytes: number;
  headerBlock: Buffer | null;
  /** It lies in the target already, and is still to be removed here. */
  isCopied: boolean;
}

/** What the folder holds now under a UID. */
export interface MessageIdentity {
  uid: number;
  sizeBytes: number;
  isSeen: boolean;
  /** Lines of its header, those that tell it from others. */
  headerLines: Buffer;
}

export interface BatchPlan {
  act: DueMessage[];
  /** Nothing is left to do. */
  done: DueMessage[];
  /** No longer in the folder, and not by our doing. */
  gone: DueMessage[];
  /** Another mail has this UID, or that it is the same cannot be told: never touched. */
  other: DueMessage[];
}

/**
 * How a choice is carried out here, or why it is not.
 * @param folders the folder that is read and the one to move to, by their full names.
 */
export function methodFor(
  { choice, movedFrom }: AfterSetting,
  rights: FolderRights,
  folders: { own: string; target: string },
): Result<AfterMethod, AfterProblemCode> {
  if (rights.readOnly) return bad('read-only');
  const allows = (flag: string): boolean => rights.flags === null || rights.flags.has(flag);
  const removes = rights.uidPlus && allows('\\Deleted');
  if (choice.kind === 'mark') return allows('\\Seen') ? ok('mark') : bad('cannot-mark');
  if (choice.kind === 'delete') return removes ? ok('delete') : bad('cannot-delete');
  if (isSameFolder(folders.own, folders.target)) return bad('own-folder');
  if (movedFrom.some((folder) => isSameFolder(folder, folders.target))) return bad('circle');
  if (rights.move) return ok('move');
  return removes ? ok('copy') : bad('cannot-move');
}

/** Sorts a batch by what the folder holds now: only what was committed may be changed. */
export function planBatch(
  due: readonly DueMessage[],
  found: readonly MessageIdentity[],
  method: AfterMethod,
): BatchPlan {
  const plan: BatchPlan = { act: [], done: [], gone: [], other: [] };
  const byUid = new Map(found.map((identity) => [identity.uid, identity]));
  for (const message of due) {
    const identity = byUid.get(message.uid);
    if (identity === undefined) plan.gone.push(message);
    else if (!isSameMail(message, identity)) plan.other.push(message);
    else if (method === 'mark' && identity.isSeen) plan.done.push(message);
    else plan.act.push(message);
  }
  return plan;
}

/** The same size, and no line of the header that was not in the header that was committed. */
export function isSameMail(
  { sizeBytes, headerBlock }: Pick<DueMessage, 'sizeBytes' | 'headerBlock'>,
  identity: Pick<MessageIdentity, 'sizeBytes' | 'headerLines'>,
): boolean {
  if (headerBlock === null || sizeBytes !== identity.sizeBytes) return false;
  return isSameHeader(headerBlock, identity.headerLines);
}

/** No line that was not in the header that was committed. */
export function isSameHeader(headerBlock: Buffer, headerLines: Buffer): boolean {
  const lines = linesOf(headerLines);
  const known = new Set(linesOf(headerBlock));
  return lines.length > 0 && lines.every((line) => known.has(line));
}

/** Unfolded, and without regard to how white space is written. */
const linesOf = (header: Buffer): string[] =>
  header
    .toString('latin1')
    .replace(/(?:\r\n|\n|\r)(?=[ \t])/g, ' ')
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .filter((line) => line !== '');

/** Something that was asked of the server, and whose end is not in the ledger. */
export interface OpenAction extends DueMessage {
  uidValidity: string;
  method: AfterMethod;
  /** Where a copy went: its messages have UIDs from `fromUid` on. */
  target: CopyTarget | null;
}

export interface CopyTarget {
  folder: string;
  uidValidity: string;
  fromUid: number;
}

export interface Settled {
  /** No longer in the folder: it happened. */
  done: OpenAction[];
  /** Removed by others; or the folder has new UIDs, and these mean nothing any more. */
  gone: OpenAction[];
  copied: OpenAction[];
  /** A copy lies where the owner no longer wants them: neither is touched again. */
  other: OpenAction[];
  /** It did not happen: the message is as it was. */
  forget: OpenAction[];
}

/**
 * What became of actions whose end nobody heard, by what is there now.
 * @param present UIDs that are still in the folder.
 * @param inTarget mails that lie in the target since the copy was asked for.
 */
export function settle(
  open: readonly OpenAction[],
  uidValidity: string,
  present: ReadonlySet<number>,
  inTarget: readonly MessageIdentity[],
  choice: AfterChoice,
): Settled {
  const settled: Settled = { done: [], gone: [], copied: [], other: [], forget: [] };
  const untaken = [...inTarget];
  for (const action of open) {
    if (action.uidValidity !== uidValidity) settled.gone.push(action);
    else if (!present.has(action.uid)) {
      // Marking removes nothing: somebody else did.
      settled[action.method === 'mark' ? 'gone' : 'done'].push(action);
    } else if (action.isCopied) {
      settled[isStillWanted(action, choice) ? 'copied' : 'other'].push(action);
    } else settled[takeCopy(action, untaken) ? 'copied' : 'forget'].push(action);
  }
  return settled;
}

const isStillWanted = ({ target }: OpenAction, choice: AfterChoice): boolean =>
  choice.kind === 'move' && target?.folder === choice.folder;

/** Two mails that are alike need two copies. */
function takeCopy(action: OpenAction, untaken: MessageIdentity[]): boolean {
  if (action.method !== 'copy') return false;
  const index = untaken.findIndex((identity) => isSameMail(action, identity));
  if (index < 0) return false;
  untaken.splice(index, 1);
  return true;
}
