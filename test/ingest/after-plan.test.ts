import { describe, expect, test } from 'vitest';
import type { AfterChoice } from '../../ingest/after-choice.ts';
import {
  type DueMessage,
  type FolderRights,
  isSameMail,
  type MessageIdentity,
  methodFor,
  type OpenAction,
  planBatch,
  settle,
} from '../../ingest/after-plan.ts';

const ALL: FolderRights = {
  move: true,
  uidPlus: true,
  readOnly: false,
  flags: new Set(['\\Seen', '\\Deleted']),
};
const MARK: AfterChoice = { kind: 'mark' };
const MOVE: AfterChoice = { kind: 'move', folder: 'Done', create: false };
const DELETE: AfterChoice = { kind: 'delete', days: 3 };

test.each<[string, AfterChoice, Partial<FolderRights>, string]>([
  ['marks', MARK, {}, 'mark'],
  ['marks where the server tells no flags', MARK, { flags: null }, 'mark'],
  [
    'marks nothing where the flag is not kept',
    MARK,
    { flags: new Set(['\\Deleted']) },
    'cannot-mark',
  ],
  ['moves', MOVE, {}, 'move'],
  ['moves without UIDPLUS', MOVE, { uidPlus: false }, 'move'],
  ['copies and removes without MOVE', MOVE, { move: false }, 'copy'],
  ['leaves it with neither', MOVE, { move: false, uidPlus: false }, 'cannot-move'],
  ['copies nothing that cannot be removed', MOVE, { move: false, flags: new Set() }, 'cannot-move'],
  ['deletes', DELETE, {}, 'delete'],
  ['deletes nothing without UIDPLUS', DELETE, { uidPlus: false }, 'cannot-delete'],
  ['deletes nothing without the right', DELETE, { flags: new Set(['\\Seen']) }, 'cannot-delete'],
  ['marks nothing that may only be read', MARK, { readOnly: true }, 'read-only'],
  ['moves nothing that may only be read', MOVE, { readOnly: true }, 'read-only'],
])('%s', (_, choice, rights, expected) => {
  const setting = { choice, movedFrom: [] };
  const method = methodFor(setting, { ...ALL, ...rights }, { own: 'INBOX', target: 'Done' });
  expect(method.ok ? method.value : method.problem).toBe(expected);
});

test.each<[string, string, string[], string]>([
  ['the folder itself', 'Reports', [], 'own-folder'],
  ['a folder that another mailbox empties', 'Done', ['Done'], 'circle'],
  ['INBOX, which has no case, where another mailbox empties it', 'INBOX', ['inbox'], 'circle'],
])('mail is not moved into %s', (_, target, movedFrom, expected) => {
  const method = methodFor({ choice: MOVE, movedFrom }, ALL, { own: 'Reports', target });
  expect(method).toEqual({ ok: false, problem: expected });
});

const due = (uid: number, header = `Message-ID: <${uid}@a>\r\nX: y\r\n`): DueMessage => ({
  messageId: uid,
  uid,
  sizeBytes: 1000 + uid,
  headerBlock: Buffer.from(header),
  isCopied: false,
});
const found = (uid: number, changes: Partial<MessageIdentity> = {}): MessageIdentity => ({
  uid,
  sizeBytes: 1000 + uid,
  isSeen: false,
  headerLines: Buffer.from(`Message-ID: <${uid}@a>\r\n\r\n`),
  ...changes,
});
const uids = (messages: readonly DueMessage[]): number[] => messages.map(({ uid }) => uid);

test('a batch is sorted by what the folder holds now', () => {
  const seen = found(3, { isSeen: true });
  const other = found(4, { headerLines: Buffer.from('Message-ID: <else@a>\r\n') });
  const plan = planBatch([due(1), due(2), due(3), due(4)], [found(1), seen, other], 'mark');
  const { act, gone, done, other: others } = plan;
  expect({ act: uids(act), gone: uids(gone), done: uids(done), other: uids(others) }).toEqual({
    act: [1],
    gone: [2],
    done: [3],
    other: [4],
  });
  expect(uids(planBatch([due(3)], [seen], 'move').act)).toEqual([3]);
});

describe('the mail that was committed is known again', () => {
  const header = 'Message-ID: <a@b>\r\nReceived: from x\r\n\tby y;  Mon\r\nSubject: z\r\n';
  const same = (lines: string, sizeBytes = 9, block: string | null = header): boolean => {
    const headerBlock = block === null ? null : Buffer.from(block);
    return isSameMail(
      { sizeBytes: 9, headerBlock },
      { sizeBytes, headerLines: Buffer.from(lines) },
    );
  };
  test.each<[string, boolean, boolean]>([
    ['by some of its lines', same('Subject: z\r\nMessage-ID: <a@b>\r\n\r\n'), true],
    ['folded otherwise', same('Received: from x by y;\r\n Mon\r\n'), true],
    ['not with another size', same('Subject: z\r\n', 10), false],
    ['not with a line it never had', same('Subject: z\r\nMessage-ID: <c@d>\r\n'), false],
    ['not by nothing', same('\r\n'), false],
    ['not where its header was not kept', same('Subject: z\r\n', 9, null), false],
  ])('%s', (_, isSame, expected) => {
    expect(isSame).toBe(expected);
  });
});

describe('what nobody heard the end of', () => {
  const action = (uid: number, changes: Partial<OpenAction> = {}): OpenAction => ({
    ...due(uid),
    uidValidity: '7',
    method: 'move',
    target: null,
    ...changes,
  });
  const target = { folder: 'Done', uidValidity: '9', fromUid: 5 };
  const copy = (uid: number, isCopied: boolean): OpenAction =>
    action(uid, { method: 'copy', target, isCopied });

  test.each<[string, OpenAction, number[], MessageIdentity[], AfterChoice, string]>([
    ['a message that is gone was moved', action(1), [], [], MOVE, 'done'],
    ['one that is still there was not', action(1), [1], [], MOVE, 'forget'],
    ['a message that is gone was deleted', action(1, { method: 'delete' }), [], [], DELETE, 'done'],
    ['one marked that is gone went by others', action(1, { method: 'mark' }), [], [], MARK, 'gone'],
    ['one under old UIDs is known no more', action(1, { uidValidity: '6' }), [1], [], MOVE, 'gone'],
    ['a copy that is in the target was made', copy(1, false), [1], [found(1)], MOVE, 'copied'],
    ['one that is not there was not', copy(1, false), [1], [found(2)], MOVE, 'forget'],
    ['a copy whose original is gone is done', copy(1, true), [], [], MOVE, 'done'],
    ['a copy is not made again', copy(1, true), [1], [], MOVE, 'copied'],
    [
      'nor is its original touched when the user thinks anew',
      copy(1, true),
      [1],
      [],
      MARK,
      'other',
    ],
  ])('%s', (_, open, present, inTarget, choice, expected) => {
    const settled = settle([open], '7', new Set(present), inTarget, choice);
    const states = Object.entries(settled).flatMap(([state, { length }]) =>
      length > 0 ? [state] : [],
    );
    expect(states).toEqual([expected]);
  });

  test('two mails that are alike need two copies', () => {
    const twin = { ...due(2), sizeBytes: 1001, headerBlock: due(1).headerBlock };
    const open = [copy(1, false), { ...copy(2, false), ...twin }];
    const settled = settle(open, '7', new Set([1, 2]), [found(1)], MOVE);
    expect([uids(settled.copied), uids(settled.forget)]).toEqual([[1], [2]]);
  });
});
