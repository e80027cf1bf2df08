import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aReport } from './a-report.ts';
import { OWN_HOST, startApp } from './start-app.ts';

const OWN_ORIGIN = `http://${OWN_HOST}`;
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = {
  user: 'me@example.org',
  password: 'correct horse',
  host: 'imap.example.org',
  port: 993,
  security: 'tls',
  folder: 'Reports',
};

/** W03: what a page of another site can make a browser send. */
const attempts: [words: string, status: number, headers: Record<string, string>][] = [
  ['the origin of another site', 403, { ...JSON_TYPE, origin: 'https://evil.example' }],
  ['the origin null of a sandboxed frame', 403, { ...JSON_TYPE, origin: 'null' }],
  ['an empty origin', 403, { ...JSON_TYPE, origin: '' }],
  ['our name on another port', 403, { ...JSON_TYPE, origin: 'http://127.0.0.1:8080' }],
  ['our other name', 403, { ...JSON_TYPE, origin: 'http://localhost:7489' }],
  ['our name as a beginning', 403, { ...JSON_TYPE, origin: `${OWN_ORIGIN}.evil.example` }],
  ['our host by another scheme', 403, { ...JSON_TYPE, origin: `https://${OWN_HOST}` }],
  ['a cross-site fetch', 403, { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }],
  ['a same-site fetch', 403, { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }],
  ['a relation nobody knows', 403, { ...JSON_TYPE, 'sec-fetch-site': 'cousin' }],
  [
    'our origin, told apart by the browser',
    403,
    { ...JSON_TYPE, origin: OWN_ORIGIN, 'sec-fetch-site': 'cross-site' },
  ],
  ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a form with files', 415, { 'content-type': 'multipart/form-data; boundary=x' }],
  ['plain text', 415, { 'content-type': 'text/plain' }],
  ['plain text that says it is JSON', 415, { 'content-type': 'text/plain; application/json' }],
  ['a type with a tab in it', 415, { 'content-type': 'application/json\ta' }],
  ['no type at all', 415, {}],
];

test.each(attempts)(
  'a write with %s is refused and changes nothing',
  async (_, status, headers) => {
    const { ask, reader, receive, ingest, spoolDir } = await startApp();
    await receive(aReport());
    const before = await reader.mailboxes();
    const id = before[0]?.id ?? 0;
    const body = Buffer.from(JSON.stringify(FORM));
    const writes = [
      await ask('/api/mailboxes', { method: 'POST', headers, payload: body }),
      await ask('/api/mailboxes/test', { method: 'POST', headers, payload: body }),
      await ask(`/api/mailboxes/${id}/poll`, { method: 'POST', headers, payload: body }),
      await ask(`/api/mailboxes/${id}`, { method: 'DELETE', headers, payload: body }),
      await ask('/api/imports/a', { method: 'PUT', headers, payload: body }),
    ];
    expect(writes.map(({ statusCode }) => statusCode)).toEqual([
      status,
      status,
      status,
      status,
      status,
    ]);
    expect(await reader.mailboxes()).toEqual(before);
    expect(ingest.calls).toEqual([]);
    expect(readdirSync(spoolDir)).toEqual([]);
  },
);

const allowed: [words: string, headers: Record<string, string>][] = [
  ['our own page', { origin: OWN_ORIGIN, 'sec-fetch-site': 'same-origin' }],
  ['our own page in an older browser', { origin: OWN_ORIGIN }],
  ['a program that is no browser', {}],
];
test.each(allowed)('a write of %s is taken', async (_, headers) => {
  const { ask, reader } = await startApp();
  const answer = await ask('/api/mailboxes', { method: 'POST', headers, payload: FORM });
  expect(answer.statusCode).toBe(201);
  expect(await reader.mailboxes()).toHaveLength(1);
});

const reads: [words: string, status: number, headers: Record<string, string>][] = [
  ['our own page', 200, { 'sec-fetch-site': 'same-origin' }],
  ['an address typed in', 200, { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  [
    'a link of another site that somebody followed',
    200,
    {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
  ],
  [
    'a script of another site',
    403,
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ],
  [
    'a frame in another site',
    403,
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ],
];
test.each(reads)('a read by %s is answered with %i', async (_, status, headers) => {
  const { ask } = await startApp();
  const answer = await ask('/api/health', { headers });
  expect(answer.statusCode).toBe(status);
});

test('no GET has a side effect, however it is asked', async () => {
  const { app, ask, reader, receive, ingest, spoolDir } = await startApp();
  await receive(aReport());
  const before = [await reader.mailboxes(), await reader.ledgerCounts()];
  for (const url of ['/api/mailboxes/1/poll', '/api/mailboxes/test', '/api/imports/a']) {
    expect((await ask(url)).statusCode).toBe(404);
  }
  for (const url of ['/api/mailboxes', '/api/mailboxes/1', '/api/reports/1', '/api/ledger']) {
    for (const header of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      await ask(url, { headers: { [header]: 'DELETE' } });
    }
    await ask(`${url}?_method=DELETE`);
  }
  expect([await reader.mailboxes(), await reader.ledgerCounts()]).toEqual(before);
  expect(ingest.calls).toEqual([]);
  expect(readdirSync(spoolDir)).toEqual([]);
  expect(app.hasRoute({ method: 'GET', url: '/api/mailboxes/:id' })).toBe(false);
});
