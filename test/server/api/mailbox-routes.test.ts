import { expect, test } from 'vitest';
import type { LedgerResponse } from '../../../server/api/contract-ledger.ts';
import type {
  MailboxesResponse,
  MailboxForm,
  MailboxResponse,
} from '../../../server/api/contract.ts';
import { aReport } from './a-report.ts';
import { listen, OWN_HOST, startApp } from './start-app.ts';

const FORM: MailboxForm = {
  user: 'me@example.org',
  password: 'correct horse battery',
  host: 'imap.example.net',
  port: 993,
  security: 'tls',
  folder: 'Reports',
};

test('a saved mailbox is listed, its password sealed and in no answer', async () => {
  const { ask, ingest, passwordOf } = await startApp();
  const saved = await ask('/api/mailboxes', { method: 'POST', payload: FORM });
  expect(saved.statusCode).toBe(201);
  const mailbox = saved.json<MailboxResponse>();
  expect(mailbox).toMatchObject({
    origin: 'stored',
    user: FORM.user,
    folder: 'Reports',
    status: null,
  });
  expect(await passwordOf(mailbox.id)).toBe(FORM.password);
  expect(ingest.calls).toEqual([['reloadMailboxes']]);

  const list = await ask('/api/mailboxes');
  expect(list.json<MailboxesResponse>().mailboxes).toEqual([mailbox]);
  for (const answer of [saved, list]) {
    expect(answer.body).not.toMatch(/correct horse|secret|ciphertext|nonce|keyId/);
  }
});

test('the counts of a mailbox are those of its ledger', async () => {
  const { ask, receive } = await startApp();
  await receive(aReport());
  await receive(aReport());
  const [mailbox] = (await ask('/api/mailboxes')).json<MailboxesResponse>().mailboxes;
  expect(mailbox?.counts).toEqual({
    ...{ messages: 2, pending: 0, unresolved: 0, setAside: 0 },
    ...{ stored: 1, duplicate: 1, conflict: 0, refused: 0, notReport: 0, letGo: 0 },
  });
});

test('the ledger lists messages with the outcome of each document, and filters by it', async () => {
  const { ask, receive } = await startApp();
  await receive(aReport({ reportId: 'r-1' }));
  await receive(aReport({ reportId: 'r-1' }));
  const all = (await ask('/api/ledger')).json<LedgerResponse>();
  expect(all.rows.map(({ uid, state }) => [uid, state])).toEqual([
    [2, 'done'],
    [1, 'done'],
  ]);
  const stored = (await ask('/api/ledger?outcome=stored&mailbox=1')).json<LedgerResponse>();
  expect(stored.rows).toMatchObject([
    { uid: 1, documents: [{ outcome: 'stored', reason: null, name: 'r-1.xml' }] },
  ]);
  expect((await ask('/api/ledger?outcome=lost')).statusCode).toBe(400);
  expect((await ask('/api/ledger?mailbox=99')).json<LedgerResponse>().rows).toEqual([]);
});

test('a mailbox of the environment is neither saved again nor removed', async () => {
  const { ask, receive, reader } = await startApp();
  await receive(aReport());
  const [own] = await reader.mailboxes();
  const again = { ...FORM, user: own?.user, host: 'IMAP.example.ORG', folder: 'inbox' };
  const saved = await ask('/api/mailboxes', { method: 'POST', payload: again });
  expect(saved.statusCode).toBe(409);
  expect(saved.json()).toMatchObject({ code: 'from-environment' });

  const removed = await ask(`/api/mailboxes/${own?.id ?? 0}`, { method: 'DELETE' });
  expect(removed.statusCode).toBe(403);
  expect(await reader.mailboxes()).toHaveLength(1);
});

test('a saved mailbox can be looked into now, and be removed', async () => {
  const { ask, ingest, reader } = await startApp();
  const { id } = (
    await ask('/api/mailboxes', { method: 'POST', payload: FORM })
  ).json<MailboxResponse>();
  const looked = await ask(`/api/mailboxes/${id}/poll`, { method: 'POST' });
  expect([looked.statusCode, looked.body]).toEqual([204, '']);
  const removed = await ask(`/api/mailboxes/${id}`, { method: 'DELETE' });
  expect([removed.statusCode, removed.body]).toEqual([204, '']);
  expect(ingest.calls).toEqual([['reloadMailboxes'], ['pollNow', id], ['reloadMailboxes']]);
  expect(await reader.mailboxes()).toEqual([]);
});

test('imported files are listed without a state, cannot be looked into, and stay', async () => {
  const { ask, writer } = await startApp();
  const { id } = await writer.ensureFiles();
  const { mailboxes } = (await ask('/api/mailboxes')).json<MailboxesResponse>();
  expect(mailboxes).toMatchObject([{ id, origin: 'files', status: null }]);
  expect((await ask(`/api/mailboxes/${id}/poll`, { method: 'POST' })).statusCode).toBe(409);
  expect((await ask(`/api/mailboxes/${id}`, { method: 'DELETE' })).statusCode).toBe(403);
});

test.each([
  ['DELETE', '/api/mailboxes/99'],
  ['POST', '/api/mailboxes/99/poll'],
] as const)('%s %s is told as unknown', async (method, url) => {
  const { ask } = await startApp();
  expect((await ask(url, { method })).statusCode).toBe(404);
});

test('a test gives the words of the ingest process, and keeps nothing', async () => {
  const refused = {
    ok: false as const,
    code: 'login',
    message: 'The server said: [AUTHENTICATIONFAILED]',
    advice: 'Check the password.',
    folders: [],
  };
  const { ask, reader } = await startApp({ test: async () => refused });
  const answer = await ask('/api/mailboxes/test', { method: 'POST', payload: FORM });
  expect([answer.statusCode, answer.json()]).toEqual([200, refused]);
  expect(await reader.mailboxes()).toEqual([]);
});

test('a test that takes longer than a connection may be idle still gets its answer', async () => {
  const { app } = await startApp({
    limits: { idleSeconds: 0.2, mailboxTestSeconds: 5 },
    test: async () => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      const found = { messages: 1, lookedAt: 1, reportLike: 1, folders: [] };
      return { ok: true, ...found, afterProblem: null };
    },
  });
  const { origin } = await listen(app);
  const answer = await fetch(`${origin}/api/mailboxes/test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(FORM),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
});

test.each(['/api/mailboxes', '/api/mailboxes/test'])(
  '%s refuses a password in the clear over a network',
  async (url) => {
    const { ask, ingest } = await startApp();
    const answer = await ask(url, { method: 'POST', payload: { ...FORM, security: 'plain' } });
    expect(answer.json()).toMatchObject({ code: 'plain-not-local' });
    expect(ingest.calls).toEqual([]);
  },
);

test('nothing in a body is taken for what it is not', async () => {
  const { ask, ingest } = await startApp();
  const bodies = [
    { ...FORM, port: '993' },
    { ...FORM, port: 993.5 },
    { ...FORM, port: 70_000 },
    { ...FORM, user: 5 },
    { ...FORM, security: 'ssl' },
    { ...FORM, password: '' },
    { ...FORM, origin: 'environment' },
    [FORM],
    '"text"',
  ];
  for (const payload of bodies) {
    const answer = await ask('/api/mailboxes', {
      method: 'POST',
      payload,
      headers: { host: OWN_HOST, 'content-type': 'application/json' },
    });
    expect(answer.statusCode, JSON.stringify(payload)).toBe(400);
    expect(answer.body).not.toContain('correct horse');
  }
  expect(ingest.calls).toEqual([]);
});

test('the largest certificate that the contract takes fits into a body', async () => {
  const { ask } = await startApp();
  const line = `${'A'.repeat(64)}\n`;
  const caPem = `-----BEGIN CERTIFICATE-----\n${line.repeat(1_007)}-----END CERTIFICATE-----\n`;
  expect(caPem.length).toBeGreaterThan(65_000);
  const answer = await ask('/api/mailboxes', { method: 'POST', payload: { ...FORM, caPem } });
  expect(answer.statusCode).toBe(201);
});

test('what happens to stored reports is chosen with the mailbox, or later', async () => {
  const { ask, ingest } = await startApp();
  const move = { kind: 'move', folder: 'Done', create: true } as const;
  const saved = await ask('/api/mailboxes', { method: 'POST', payload: { ...FORM, after: move } });
  const { id, after } = saved.json<MailboxResponse>();
  expect(after).toEqual({
    ...{ choice: move, marked: 0, moved: 0, deleted: 0, leftAlone: 0, problem: null },
  });
  const days = { kind: 'delete', days: 30 } as const;
  const changed = await ask(`/api/mailboxes/${id}/after`, { method: 'PUT', payload: days });
  expect(changed.json<MailboxResponse>().after.choice).toEqual(days);
  expect(ingest.calls).toEqual([['reloadMailboxes'], ['reloadMailboxes']]);
  // The same mailbox entered again, with another password, says nothing of it.
  await ask('/api/mailboxes', { method: 'POST', payload: FORM });
  const [listed] = (await ask('/api/mailboxes')).json<MailboxesResponse>().mailboxes;
  expect(listed?.after.choice).toEqual(days);
});

test('a mailbox that was removed and comes back is left as it is', async () => {
  const { ask } = await startApp();
  const payload = { ...FORM, after: { kind: 'mark' } };
  const saved = await ask('/api/mailboxes', { method: 'POST', payload });
  await ask(`/api/mailboxes/${saved.json<MailboxResponse>().id}`, { method: 'DELETE' });
  const again = await ask('/api/mailboxes', { method: 'POST', payload: FORM });
  expect(again.json<MailboxResponse>().after.choice).toEqual({ kind: 'leave' });
});

test('the folder itself is no folder to move to', async () => {
  const { ask, ingest } = await startApp();
  const after = { kind: 'move', folder: FORM.folder, create: false };
  const refused = await ask('/api/mailboxes', { method: 'POST', payload: { ...FORM, after } });
  expect([refused.statusCode, refused.json()]).toMatchObject([400, { code: 'after' }]);
  const saved = await ask('/api/mailboxes', { method: 'POST', payload: FORM });
  const url = `/api/mailboxes/${saved.json<MailboxResponse>().id}/after`;
  expect((await ask(url, { method: 'PUT', payload: after })).json()).toMatchObject({
    code: 'after',
  });
  expect(ingest.calls).toHaveLength(1);
});

test.each([
  [{ kind: 'burn' }],
  [{ kind: 'delete', days: 0 }],
  [{ kind: 'delete', days: 1.5 }],
  [{ kind: 'move', folder: '', create: true }],
  [{ kind: 'move', folder: 'x' }],
  [{ kind: 'mark', folder: 'x' }],
])('%j is no choice', async (payload) => {
  const { ask } = await startApp();
  const saved = await ask('/api/mailboxes', { method: 'POST', payload: FORM });
  const url = `/api/mailboxes/${saved.json<MailboxResponse>().id}/after`;
  expect((await ask(url, { method: 'PUT', payload })).statusCode).toBe(400);
});

test('a mailbox of the environment is told where its choice is made', async () => {
  const { ask, receive } = await startApp();
  await receive(aReport());
  const [mailbox] = (await ask('/api/mailboxes')).json<MailboxesResponse>().mailboxes;
  const url = `/api/mailboxes/${mailbox?.id ?? 0}/after`;
  const answer = await ask(url, { method: 'PUT', payload: { kind: 'mark' } });
  expect(answer.statusCode).toBe(409);
  expect(answer.json<{ message: string }>().message).toContain('RUADMAP_IMAP_AFTER');
});
