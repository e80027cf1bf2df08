import { describe, expect, expectTypeOf, test } from 'vitest';
import type { ConnectionProblem, ConnectionProblemCode } from '../../ingest/connection-problem.ts';
import type { MailboxCheck } from '../../ingest/mailbox-check.ts';
import {
  changeState,
  failedState,
  type MailboxState,
  readingState,
  startingState,
} from '../../ingest/mailbox-state.ts';
import type { PollLedger } from '../../ingest/poll-ledger.ts';
import type * as contract from '../../server/api/contract.ts';
import type { StoreWriter } from '../../server/store/store.ts';

const problem = (code: ConnectionProblemCode): ConnectionProblem => ({
  code,
  message: 'm',
  advice: 'a',
  waitSeconds: null,
});

test('states, checks and the ledger fit the page and the store', () => {
  expectTypeOf<MailboxState>().toExtend<contract.MailboxState>();
  expectTypeOf<MailboxCheck>().toExtend<contract.MailboxTestResponse>();
  expectTypeOf<StoreWriter>().toExtend<PollLedger>();
});

describe('the state of a mailbox', () => {
  test('keeps its beginning while it lasts', () => {
    const reading = changeState(startingState(100), 'reading', 110);
    expect(changeState(reading, 'reading', 120).sinceSeconds).toBe(110);
    expect(changeState(reading, 'up-to-date', 120).sinceSeconds).toBe(120);
  });

  test('keeps a problem in sight until the folder was read', () => {
    const failed = failedState(startingState(100), problem('timed-out'), 130, 110);
    expect(changeState(failed, 'connecting', 130).problem).toMatchObject({ code: 'timed-out' });
    expect(changeState(failed, 'up-to-date', 140).problem).toBeNull();
  });

  test.each<[ConnectionProblemCode, string]>([
    ['lost-connection', 'waiting'],
    ['throttled', 'waiting'],
    ['timed-out', 'waiting'],
    ['connection-refused', 'waiting'],
    ['wrong-password', 'failed'],
    ['login-disabled', 'failed'],
    ['no-such-folder', 'failed'],
    ['certificate-untrusted', 'failed'],
    ['starttls-missing', 'failed'],
    ['host-not-found', 'failed'],
    ['not-imap', 'failed'],
    ['too-much-sent', 'failed'],
    ['server-said-no', 'failed'],
  ])('after "%s" is "%s"', (code, state) => {
    expect(failedState(startingState(1), problem(code), 9, 2)).toMatchObject({
      state,
      nextLookSeconds: 9,
      problem: { code, message: 'm', advice: 'a' },
    });
  });

  test('tells rate and time left once there is a rate', () => {
    const begun = readingState(startingState(100), { seen: 0, total: 500, reports: 0 }, 100);
    expect(begun.progress).toMatchObject({ perSecond: 0, secondsLeft: null });
    const later = readingState(begun, { seen: 100, total: 500, reports: 7 }, 110);
    expect(later.progress).toEqual({
      seen: 100,
      total: 500,
      reports: 7,
      perSecond: 10,
      secondsLeft: 40,
    });
  });
});
