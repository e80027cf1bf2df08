import { describe, expect, test } from 'vitest';
import type { KnownMessage } from '../../ingest/ledger.ts';
import { uidRanges } from '../../ingest/mailbox-messages.ts';
import {
  continueFrom,
  isOtherMail,
  nextGeneration,
  nextWindow,
  planBodies,
  type Wanted,
} from '../../ingest/poll-plan.ts';

const wanted = (uid: number, part: string, expectedBytes = 100): Wanted => ({
  uid,
  parts: [{ part, maxBytes: null }],
  headerBytes: 1000,
  expectedBytes,
});

describe('bodies are asked for in as few commands as possible', () => {
  test('messages that want the same parts share one', () => {
    const messages = [wanted(1, '1'), wanted(2, '2'), wanted(3, '1'), wanted(4, '2')];
    const requests = planBodies(messages, 1000);
    expect(requests.map(({ uids }) => uids)).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(requests.map(({ expectedBytes }) => expectedBytes)).toEqual([200, 200]);
  });

  test('a command is kept to the bytes of a batch, and a larger message goes alone', () => {
    const messages = [
      wanted(1, '1', 600),
      wanted(2, '1', 300),
      wanted(3, '1', 5000),
      wanted(4, '1', 1),
    ];
    expect(planBodies(messages, 1000).map(({ uids }) => uids)).toEqual([[1, 2], [3], [4]]);
  });

  test('nothing wanted is no command', () => {
    expect(planBodies([], 1000)).toEqual([]);
  });
});

test.each<[number[], string]>([
  [[1], '1'],
  [[1, 2, 3], '1:3'],
  [[1, 3, 4, 5, 9], '1,3:5,9'],
  [[], ''],
])('UIDs %j are the set "%s"', (uids, set) => {
  expect(uidRanges(uids)).toBe(set);
});

describe('a folder is continued', () => {
  const status = (uidValidity: string, uidNext: number | null) => ({
    uidValidity,
    uidNext,
    messages: 9,
  });

  test.each<[string, string | null, number, string, number | null, string, number]>([
    ['from the start the first time', null, 0, '7', 10, '7', 0],
    ['where it was left', '7', 5, '7', 10, '7', 5],
    ['where it was left, with nothing new', '7', 9, '7', 10, '7', 9],
    ['where the server does not tell UIDNEXT', '7', 9, '7', null, '7', 9],
    ['from the start after a new UIDVALIDITY', '7', 5, '8', 10, '8', 0],
    ['as a new generation where UIDs are given out again', '7', 9, '7', 6, '7.2', 0],
    ['in the same generation from then on', '7.2', 5, '7', 10, '7.2', 5],
    ['as one more generation the next time', '7.2', 9, '7', 6, '7.3', 0],
    ['without generations after a new UIDVALIDITY', '7.2', 9, '8', 20, '8', 0],
  ])('%s', (_, before, seen, validity, uidNext, after, from) => {
    const next = continueFrom(
      { uidValidity: before, seenUpToUid: seen },
      status(validity, uidNext),
    );
    expect(next).toEqual({ uidValidity: after, seenUpToUid: from });
  });
});

describe('UIDs that were given out again', () => {
  const HEADER = 'Date: x\r\nSubject: a report\r\n\r\n';
  const known = (headerBlock: string | null): KnownMessage => ({
    uid: 9,
    sizeBytes: 700,
    headerBlock: headerBlock === null ? null : Buffer.from(headerBlock),
  });
  const now = (uid: number, sizeBytes: number, header: string) => ({
    ...{ uid, sizeBytes, isSeen: false },
    headerLines: Buffer.from(header),
  });

  test.each<[string, boolean, KnownMessage, ReturnType<typeof now>]>([
    ['show by another mail', true, known(HEADER), now(9, 701, 'Subject: another\r\n\r\n')],
    ['show by the size of other mail', true, known(null), now(9, 701, HEADER)],
    ['do not where it is the same mail', false, known(HEADER), now(9, 700, HEADER)],
    ['do not where a size was estimated', false, known(HEADER), now(9, 701, HEADER)],
    ['do not by a header that reads differently', false, known(HEADER), now(9, 700, 'Subject: b')],
    ['do not where the mail is gone', false, known(HEADER), now(8, 701, 'Subject: another')],
  ])('%s', (_, expected, before, found) => {
    expect(isOtherMail([before], [found])).toBe(expected);
  });

  test('begin a new generation', () => {
    const next = nextGeneration({ uidValidity: '7.2', seenUpToUid: 9 });
    expect(next).toEqual({ uidValidity: '7.3', seenUpToUid: 0 });
  });
});

test('windows of UIDs grow over gaps and shrink in a crowd', () => {
  expect(nextWindow(null, 0)).toBe(10_000);
  expect(nextWindow(10_000, 3)).toBe(40_000);
  expect(nextWindow(40_000, 10_000)).toBe(40_000);
  expect(nextWindow(40_000, 40_000)).toBe(20_000);
});
