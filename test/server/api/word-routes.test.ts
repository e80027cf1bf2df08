import type { InjectOptions } from 'fastify';
import { expect, test } from 'vitest';
import type { NoteResponse, WordsResponse } from '../../../server/api/contract-words.ts';
import { aReport } from './a-report.ts';
import { startApp } from './start-app.ts';

const started = async () => {
  const test = await startApp();
  await test.receive(aReport());
  const say = (method: 'PUT' | 'POST' | 'DELETE', rest: string, payload: object = {}) =>
    test.ask(`/api/domains/example.org/${rest}`, {
      method,
      headers: { 'content-type': 'application/json' },
      payload,
    } satisfies Omit<InjectOptions, 'url'>);
  const words = async () =>
    (await test.ask('/api/domains/example.org/words')).json<WordsResponse>();
  return { ...test, say, words };
};
const MAILCHIMP = 'service:mailchimp#own';
const sourcePath = (id: string, word: string) => `sources/${encodeURIComponent(id)}/${word}`;

test('a class that is said is kept with its day and who said it, until it is taken back', async () => {
  const { say, words } = await started();
  const body = { class: 'forwarder', note: 'a list', by: 'Ada' };
  expect((await say('PUT', sourcePath(MAILCHIMP, 'class'), body)).statusCode).toBe(204);
  expect((await words()).classes).toEqual([
    { source: MAILCHIMP, class: 'forwarder', day: '2026-11-23', by: 'Ada', note: 'a list' },
  ]);
  await say('PUT', sourcePath(MAILCHIMP, 'class'), { class: null });
  expect((await words()).classes).toEqual([]);
});

test('a word may be about a whole network', async () => {
  const { say, words } = await started();
  await say('PUT', sourcePath('service:mailchimp', 'class'), { class: 'own' });
  expect((await words()).classes).toMatchObject([
    { source: 'service:mailchimp', class: 'own', by: 'the owner', note: null },
  ]);
});

test('a source is marked as mended from a day on, and that is taken back', async () => {
  const { say, words } = await started();
  const body = { day: '2026-11-20', note: 'added the CNAMEs' };
  expect((await say('PUT', sourcePath(MAILCHIMP, 'fixed'), body)).statusCode).toBe(204);
  expect((await words()).fixed).toMatchObject([{ source: MAILCHIMP, day: '2026-11-20' }]);
  await say('PUT', sourcePath(MAILCHIMP, 'fixed'), { day: null });
  expect((await words()).fixed).toEqual([]);
});

test('how often a source sends can be said', async () => {
  const { say, words } = await started();
  await say('PUT', sourcePath(MAILCHIMP, 'rhythm'), { everyDays: 31 });
  expect((await words()).rhythms).toMatchObject([{ source: MAILCHIMP, everyDays: 31 }]);
  await say('PUT', sourcePath(MAILCHIMP, 'rhythm'), { everyDays: null });
  expect((await words()).rhythms).toEqual([]);
});

test('a gate is accepted by name with a reason and a last day, and that is taken back', async () => {
  const { say, words } = await started();
  const body = { by: 'Ada', reason: 'two small lists', until: '2027-02-01' };
  expect((await say('PUT', 'waivers/forwarding-loss', body)).statusCode).toBe(204);
  expect((await words()).waivers).toEqual([
    { gate: 'forwarding-loss', day: '2026-11-23', ...body },
  ]);
  expect((await say('DELETE', 'waivers/forwarding-loss')).statusCode).toBe(204);
  expect((await words()).waivers).toEqual([]);
});

test('that a domain sends nothing is the user’s word', async () => {
  const { say, words } = await started();
  await say('PUT', 'sends-nothing', { said: true });
  expect((await words()).sendsNothing).toEqual({ day: '2026-11-23', by: 'the owner' });
  await say('PUT', 'sends-nothing', { said: false });
  expect((await words()).sendsNothing).toBeNull();
});

test('tenants are kept in lower case and once', async () => {
  const { say, words } = await started();
  await say('PUT', 'microsoft-tenants', { tenants: ['Contoso', 'contoso', 'sister'] });
  expect((await words()).microsoftTenants).toEqual(['contoso', 'sister']);
});

test('a note gets a number, and can be removed', async () => {
  const { say, words } = await started();
  const answer = await say('POST', 'notes', { day: '2026-12-24', text: 'New server' });
  expect(answer.statusCode).toBe(201);
  const note = answer.json<NoteResponse>();
  expect(note).toMatchObject({ day: '2026-12-24', text: 'New server', by: 'the owner' });
  expect((await words()).notes).toEqual([note]);
  expect((await say('DELETE', `notes/${note.id}`)).statusCode).toBe(204);
  expect((await words()).notes).toEqual([]);
});

const refused: [method: 'PUT' | 'POST' | 'DELETE', rest: string, body: object, status: number][] = [
  ['PUT', sourcePath('service:nobody', 'class'), { class: 'own' }, 404],
  ['PUT', sourcePath('service:nobody', 'fixed'), { day: null }, 404],
  ['PUT', sourcePath(MAILCHIMP, 'class'), { class: 'mine' }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'class'), {}, 400],
  ['PUT', sourcePath(MAILCHIMP, 'class'), { class: 'own', by: '' }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'class'), { class: 'own', day: 1 }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'class'), { class: 'own', note: 'x'.repeat(1001) }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'fixed'), { day: '2026-11-24' }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'fixed'), { day: '2026-13-01' }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'rhythm'), { everyDays: 0 }, 400],
  ['PUT', sourcePath(MAILCHIMP, 'rhythm'), { everyDays: 1.5 }, 400],
  ['PUT', 'waivers/everything', { by: 'Ada', reason: 'x', until: '2027-01-01' }, 400],
  ['PUT', 'waivers/dns', { by: 'Ada', reason: 'x', until: '2026-11-22' }, 400],
  ['PUT', 'waivers/dns', { by: 'Ada', reason: 'x', until: '2028-01-01' }, 400],
  ['PUT', 'waivers/dns', { by: 'Ada', reason: 'x', until: '2027-02-29' }, 400],
  ['PUT', 'waivers/dns', { by: 'Ada', reason: '', until: '2027-01-01' }, 400],
  ['PUT', 'sends-nothing', { said: 'true' }, 400],
  ['PUT', 'microsoft-tenants', { tenants: ['contoso.onmicrosoft.com'] }, 400],
  ['POST', 'notes', { day: '2026-02-30', text: 'x' }, 400],
  ['POST', 'notes', { day: '2026-02-03', text: '' }, 400],
  ['DELETE', 'notes/0', {}, 400],
];
test.each(refused)('%s %s %j is answered with %i and says nothing', async (...asked) => {
  const [method, rest, body, status] = asked;
  const { say, words } = await started();
  const before = await words();
  const answer = await say(method, rest, body);
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ code: expect.any(String) as string });
  expect(await words()).toEqual(before);
});

test('nothing is kept for a domain that nobody reported on', async () => {
  const { ask } = await startApp();
  const headers = { 'content-type': 'application/json' };
  for (const [method, rest, payload] of [
    ['PUT', 'sends-nothing', { said: true }],
    ['PUT', 'waivers/dns', { by: 'Ada', reason: 'x', until: '2026-12-01' }],
    ['DELETE', 'waivers/dns', {}],
    ['PUT', 'microsoft-tenants', { tenants: [] }],
    ['POST', 'notes', { day: '2026-11-01', text: 'x' }],
    ['DELETE', 'notes/1', {}],
    ['PUT', sourcePath(MAILCHIMP, 'class'), { class: 'own' }],
  ] as const) {
    const url = `/api/domains/nowhere.example/${rest}`;
    expect((await ask(url, { method, headers, payload })).statusCode, rest).toBe(404);
  }
  expect((await ask('/api/domains/nowhere.example/words')).statusCode).toBe(404);
});
