import { describe, expect, test } from 'vitest';
import type { ErrorResponse } from '../../../server/api/contract-base.ts';
import type { HealthResponse } from '../../../server/api/contract.ts';
import type { StoreResponse } from '../../../server/api/contract-store.ts';
import { aReport } from './a-report.ts';
import { NOW_SECONDS, startApp } from './start-app.ts';

describe('the store', () => {
  test('tells its size, what it keeps, and that nothing was done for it yet', async () => {
    const { ask, receive } = await startApp();
    await receive(aReport());
    const store = (await ask('/api/store')).json<StoreResponse>();
    expect(store).toMatchObject({
      ...{ reports: 1, forgottenReports: 0, kept: 1, toDo: [] },
      keepDays: { xml: 730, refused: 180, otherMail: null },
      ...{ letGone: null, verified: null, backup: null },
      ...{ verifyingSinceSeconds: null, verifyProblem: null },
    });
    expect(store.bytes).toBeGreaterThan(store.freeBytes);
  });

  test('tells when it was last verified, copied and cleared, and what is to be done', async () => {
    const toDo = [{ part: 'room', seen: 'Only 3 MB are free.', todo: 'Free some.' }];
    const failed = { words: 'It was killed.', atSeconds: NOW_SECONDS - 9 };
    const verifying = { sinceSeconds: NOW_SECONDS - 5, failed };
    const { ask, writer } = await startApp({ toDo, verifying });
    const verified = { reports: 7, withoutBytes: 2, findings: [] };
    const letGone = { xml: 3, refused: 2, otherMail: 1 };
    const copied = { file: '/b.db', reports: 6, bytes: 99 };
    await writer.saveUpkeep({ kind: 'verify', endedSeconds: 1, ...verified });
    await writer.saveUpkeep({ kind: 'retention', endedSeconds: 2, letGone });
    await writer.saveUpkeep({ kind: 'backup', endedSeconds: 3, ...copied });
    expect((await ask('/api/store')).json<StoreResponse>()).toMatchObject({
      verified: { endedSeconds: 1, ...verified },
      letGone: { endedSeconds: 2, ...letGone },
      backup: { endedSeconds: 3, ...copied },
      ...{ toDo, verifyingSinceSeconds: NOW_SECONDS - 5, verifyProblem: 'It was killed.' },
    });
  });

  test('tells no more of a verification that failed once a later one has ended', async () => {
    const failed = { words: 'It was killed.', atSeconds: 7 };
    const { ask, writer } = await startApp({ verifying: { sinceSeconds: null, failed } });
    const problem = async () => (await ask('/api/store')).json<StoreResponse>().verifyProblem;
    const verified = { kind: 'verify', reports: 7, withoutBytes: 2 } as const;
    await writer.saveUpkeep({ ...verified, endedSeconds: 6, findings: [] });
    expect(await problem()).toBe('It was killed.');
    await writer.saveUpkeep({ ...verified, endedSeconds: 8, findings: [] });
    expect(await problem()).toBeNull();
  });

  test('is verified on demand, once at a time', async () => {
    const { ask, ingest } = await startApp();
    const begin = () => ask('/api/store/verify', { method: 'POST' });
    expect((await begin()).statusCode).toBe(202);
    const again = await begin();
    expect([again.statusCode, again.json<ErrorResponse>().code]).toEqual([409, 'verifying']);
    expect(ingest.calls).toEqual([['verify'], ['verify']]);
  });

  test('that is not as it was read draws attention on every page', async () => {
    const { ask, writer } = await startApp();
    const attention = async () => (await ask('/api/health')).json<HealthResponse>().attention;
    const verified = { kind: 'verify', endedSeconds: 1, reports: 7, withoutBytes: 2 } as const;
    const finding = { what: 'sums differ from the rows', count: 3, advice: 'Restore a backup.' };
    await writer.saveUpkeep({ ...verified, findings: [finding] });
    expect(await attention()).toMatchObject([expect.stringContaining('not as it was read')]);
    await writer.saveUpkeep({ ...verified, findings: [] });
    expect(await attention()).toEqual([]);
  });
});

describe('a message of the ledger', () => {
  const retried = [{ part: 'a.zip', outcome: 'refused-again' as const, reason: 'truncated' }];
  const retry = { method: 'POST' } as const;

  test('is tried again, and the answer tells what became of each part', async () => {
    const { ask, ingest } = await startApp({ retry: () => retried });
    const answer = await ask('/api/ledger/7/retry', retry);
    expect([answer.statusCode, answer.json()]).toEqual([200, { retried }]);
    expect(ingest.calls).toEqual([['retry', 7]]);
  });

  test('of which nothing was refused, or that is still being tried, is told so', async () => {
    const nothing = await startApp({ retry: () => [] });
    expect((await nothing.ask('/api/ledger/7/retry', retry)).statusCode).toBe(404);
    const late = await startApp({ retry: () => null });
    const answer = await late.ask('/api/ledger/7/retry', retry);
    expect([answer.statusCode, answer.json<ErrorResponse>().code]).toEqual([503, 'still-trying']);
  });

  test.each([
    ['another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a page of another origin', { headers: { origin: 'https://evil.example' } }, 403],
    ['another host', { headers: { host: 'evil.example' } }, 421],
    ['a form', { headers: { 'content-type': 'text/plain' }, payload: 'a' }, 415],
  ])('is not tried again for %s, and nothing verified', async (_, asked, status) => {
    const { ask, ingest } = await startApp({ retry: () => retried });
    for (const url of ['/api/ledger/7/retry', '/api/store/verify'])
      expect((await ask(url, { method: 'POST', ...asked })).statusCode).toBe(status);
    expect(ingest.calls).toEqual([]);
  });
});
