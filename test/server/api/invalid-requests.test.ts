import { expect, test } from 'vitest';
import { startApp } from './start-app.ts';

/** W10, W15: what no page of ours sends. Each is refused in words, and reaches no store. */
const refused: [url: string, status: number, words: string][] = [
  ['/api/reports?limit=1e9', 400, 'whole number'],
  ['/api/reports?limit=1000000000', 400, '500 or less'],
  ['/api/reports?limit=0', 400, '1 or more'],
  ['/api/reports?limit=-1', 400, '1 or more'],
  ['/api/reports?limit=0x10', 400, 'whole number'],
  ['/api/reports?limit=%205', 400, 'whole number'],
  ['/api/reports?limit=', 400, 'whole number'],
  ['/api/reports?limit=5.0', 400, 'whole number'],
  ['/api/reports?limit=99999999999999999999', 400, 'whole number'],
  ['/api/reports?limit=5&limit=6', 400, 'whole number'],
  ['/api/reports?sort=org_name', 400, '"sort" in the address is not known'],
  ['/api/reports?limit[]=5', 400, '"limit[]" in the address is not known'],
  ['/api/reports?cursor=%27%20OR%201=1', 400, 'nextCursor'],
  [`/api/reports?cursor=${'1'.repeat(65)}`, 400, 'nextCursor'],
  ['/api/reports?from=60000-01-01', 400, 'a day such as'],
  ['/api/reports?from=2026-11-31', 400, 'no day of the calendar'],
  ['/api/reports?from=2026-11-01T00:00', 400, 'a day such as'],
  ['/api/reports?from=2026-11-01&from=2026-11-02', 400, 'a day such as'],
  ['/api/reports?address=1.2.3.4%27--', 400, 'no IP address'],
  ['/api/reports?address=010.0.0.1', 400, 'no IP address'],
  [`/api/reports?org=${'x'.repeat(1_025)}`, 400, '1024 characters or fewer'],
  ['/api/reports?__proto__=1', 400, '"__proto__" in the address is not known'],
  ['/api/reports?constructor=1', 400, '"constructor" in the address is not known'],
  ['/api/reports?__proto__[limit]=1', 400, 'is not known'],
  [`/api/reports?${'a=1&'.repeat(10_000)}`, 400, '"a" in the address is not known'],
  ['/api/reports/0', 400, 'whole number from 1 on'],
  ['/api/reports/1.5', 400, 'whole number from 1 on'],
  ['/api/reports/1%20OR%201=1', 400, 'whole number from 1 on'],
  ['/api/reports/1?x=1', 400, '"x" in the address is not known'],
  ['/api/reports/1/rows?offset=1000001', 400, '1000000 or less'],
  ['/api/reports/1/rows?offset=-1', 400, '0 or more'],
  ['/api/ledger?outcome=stored%27', 400, 'none of the words'],
  ['/api/ledger?mailbox=0', 400, '1 or more'],
  ['/api/domains?from=2026-11-02&to=2026-11-01', 400, 'Swap the two days'],
  ['/api/domains?from=1990-01-01', 400, 'more than 10 years'],
  ['/api/health?x=1', 400, 'is not known'],
  [`/api/domains/${'a'.repeat(256)}`, 400, '255 characters or fewer'],
  [`/api/domains/${'a'.repeat(9_000)}`, 404, 'no such address'],
  ['/api/domains/%ff%fe', 400, 'two hex digits of UTF-8'],
  ['/api/domains/%', 400, 'two hex digits of UTF-8'],
  ['/api/domains/%00', 404, 'No report of this domain'],
  ['/api/domains/__proto__', 404, 'No report of this domain'],
  ['/api/domains/%25%27%20OR%20%271%27=%271', 404, 'No report of this domain'],
  ['/api/__proto__', 404, 'no such address'],
  ['/api', 404, 'no such address'],
];

const titled = refused.map(([url, ...rest]) => [url.slice(0, 60), url, ...rest] as const);
test.each(titled)('%s', async (_, url, status, words) => {
  const { ask } = await startApp();
  const answer = await ask(url);
  expect(answer.statusCode).toBe(status);
  expect(answer.json<{ message: string }>().message).toContain(words);
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

const bodies: [words: string, status: number, body: string, code?: string][] = [
  ['half a document', 400, '{"user":'],
  ['a prototype', 400, '{"__proto__":{"user":"x"}}', 'not-json'],
  ['a constructor with a prototype', 400, '{"constructor":{"prototype":{"user":"x"}}}', 'not-json'],
  ['nothing', 400, ''],
  ['null', 400, 'null'],
  ['a list', 400, '[]'],
  ['a hundred thousand brackets', 400, '['.repeat(100_000)],
  ['two megabytes', 413, `{"user":"${'x'.repeat(2_000_000)}"}`],
];
test.each(bodies)('a body of %s is answered with %i', async (_, status, payload, code) => {
  const { ask, ingest } = await startApp();
  const headers = { 'content-type': 'application/json' };
  const answer = await ask('/api/mailboxes/test', { method: 'POST', headers, payload });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toEqual({
    code: code ?? (expect.any(String) as string),
    message: expect.any(String) as string,
  });
  expect(ingest.calls).toEqual([]);
  expect(({} as Record<string, unknown>)['user']).toBeUndefined();
});

test('a compressed body is not unpacked', async () => {
  const { ask } = await startApp();
  const answer = await ask('/api/mailboxes/test', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    payload: Buffer.from('1f8b08000000000000ff4b04004386d6e8', 'hex'),
  });
  expect(answer.statusCode).toBe(400);
});
