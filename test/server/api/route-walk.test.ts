import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RouteOptions } from 'fastify';
import { expect, test } from 'vitest';
import { aReport } from './a-report.ts';
import { OWN_HOST, startApp } from './start-app.ts';

const README = path.resolve(import.meta.dirname, '../../../server/api/README.md');
const POLICY =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
  "font-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'self'";
const SAFETY = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** The routes of the API as documented: 'GET /api/reports/:id'. */
const ROUTES = [
  'GET /api/health',
  'GET /api/domains',
  'GET /api/domains/:domain',
  'GET /api/domains/:domain/days',
  'GET /api/domains/:domain/receivers',
  'GET /api/domains/:domain/sources',
  'GET /api/domains/:domain/sources/:source',
  'GET /api/domains/:domain/sources/:source/days',
  'GET /api/domains/:domain/verdict',
  'GET /api/domains/:domain/what-if',
  'GET /api/domains/:domain/changes',
  'GET /api/domains/:domain/before-after',
  'GET /api/domains/:domain/dns',
  'POST /api/domains/:domain/dns/check',
  'GET /api/domains/:domain/words',
  'PUT /api/domains/:domain/sources/:source/class',
  'PUT /api/domains/:domain/sources/:source/fixed',
  'PUT /api/domains/:domain/sources/:source/rhythm',
  'PUT /api/domains/:domain/waivers/:gate',
  'DELETE /api/domains/:domain/waivers/:gate',
  'PUT /api/domains/:domain/sends-nothing',
  'PUT /api/domains/:domain/microsoft-tenants',
  'POST /api/domains/:domain/notes',
  'DELETE /api/domains/:domain/notes/:id',
  'GET /api/reports',
  'GET /api/reports/:id',
  'GET /api/reports/:id/rows',
  'GET /api/reports/:id/xml',
  'GET /api/mailboxes',
  'POST /api/mailboxes',
  'POST /api/mailboxes/test',
  'PUT /api/mailboxes/:id/after',
  'DELETE /api/mailboxes/:id',
  'POST /api/mailboxes/:id/poll',
  'GET /api/ledger',
  'POST /api/ledger/:id/retry',
  'GET /api/store',
  'POST /api/store/verify',
  'PUT /api/imports/:name',
  'GET /api/events',
  'GET /api/openapi.json',
] as const;

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, { description: string; content?: unknown }>;
}
interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
}

const described = async (): Promise<OpenApi> => {
  const { ask } = await startApp();
  return (await ask('/api/openapi.json')).json<OpenApi>();
};

test('the description has every route and no other', async () => {
  const { openapi, info, paths } = await described();
  expect(openapi).toBe('3.1.0');
  expect(info).toMatchObject({ title: 'Ruadmap', version: '1.2.3' });
  const listed = Object.entries(paths).flatMap(([url, operations]) =>
    Object.keys(operations).map(
      (method) => `${method.toUpperCase()} ${url.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    ),
  );
  expect(listed.sort()).toEqual([...ROUTES].sort());
});

test('each route is described: what it does, what it takes, every way it may fail', async () => {
  const { paths } = await described();
  for (const [url, operations] of Object.entries(paths)) {
    for (const [method, { summary, parameters = [], requestBody, responses }] of Object.entries(
      operations,
    )) {
      const route = `${method} ${url}`;
      expect(summary, route).toMatch(/^.{10,}$/);
      const inPath = [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(
        parameters
          .filter((parameter) => parameter.in === 'path')
          .map(({ name }) => name)
          .sort(),
        route,
      ).toEqual(inPath.sort());
      const statuses = Object.keys(responses);
      expect(
        statuses.filter((status) => status.startsWith('2')),
        route,
      ).toHaveLength(1);
      expect(statuses, route).toEqual(expect.arrayContaining(['403', '421', '500']));
      if (url.includes('{')) expect(statuses, route).toContain('400');
      if (method !== 'get') expect(statuses, route).toContain('415');
      if (method === 'put') expect(requestBody, route).toBeDefined();
    }
  }
});

test('the README of the API lists every route', () => {
  const listed = readFileSync(README, 'utf8').matchAll(/`((?:GET|POST|PUT|DELETE) \/api[^`]*)`/g);
  expect([...listed].map(([, route]) => route).sort()).toEqual([...ROUTES].sort());
});

test('every route that the server has is one of these, or the page', async () => {
  const { app } = await startApp();
  const tree = app.printRoutes({ commonPrefix: false });
  const methods = [...tree.matchAll(/\((GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS)[^)]*\)/g)];
  expect(methods.length).toBeGreaterThan(15);
  for (const route of ROUTES) {
    const [method, url] = route.split(' ') as [RouteOptions['method'], string];
    expect(app.hasRoute({ method: method as 'GET', url }), route).toBe(true);
  }
});

/** W12: whatever the answer, and whoever wrote it. */
const answers: [words: string, status: number, ask: object][] = [
  ['a page of the API', 200, { url: '/api/domains' }],
  ['a file', 200, { url: '/assets/a.js' }],
  ['the page', 200, { url: '/domains/example.org' }],
  ['only the head', 200, { url: '/api/domains', method: 'HEAD' }],
  ['only the head of the events', 404, { url: '/api/events', method: 'HEAD' }],
  ['nothing there', 404, { url: '/api/none' }],
  ['no such report', 404, { url: '/api/reports/99' }],
  ['no such file', 404, { url: '/assets/none.js' }],
  ['a bad query', 400, { url: '/api/reports?limit=x' }],
  ['a bad address', 400, { url: '/%ff' }],
  ['another host', 421, { url: '/api/domains', headers: { host: 'evil.example' } }],
  ['another site', 403, { url: '/api/domains', headers: { 'sec-fetch-site': 'cross-site' } }],
  [
    'a form',
    415,
    {
      url: '/api/mailboxes',
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      payload: 'a',
    },
  ],
  ['an unknown method', 404, { url: '/api/domains', method: 'PROPFIND' }],
  [
    'a preflight',
    404,
    {
      url: '/api/mailboxes',
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    },
  ],
  ['a fault', 500, { url: '/api/ledger' }],
];
test.each(answers)('%s carries the safety headers', async (_, status, asked) => {
  const { app } = await startApp({
    page: { 'index.html': 'index', 'assets/a.js': 'a' },
    reader: (reader) => ({ ...reader, ledger: () => Promise.reject(new Error('broken')) }),
  });
  const { headers, ...rest } = asked as { headers?: Record<string, string> };
  const answer = await app.inject({ ...rest, headers: { host: OWN_HOST, ...headers } });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers).toMatchObject(SAFETY);
  expect(answer.headers['cache-control']).toMatch(
    /^(no-store|no-cache|public, max-age=31536000, immutable)$/,
  );
  for (const name of [
    'strict-transport-security',
    'x-powered-by',
    'server',
    'access-control-allow-origin',
  ]) {
    expect(answer.headers).not.toHaveProperty(name);
  }
});

test('every GET of the API answers with data, in JSON, and is not cached', async () => {
  const { ask, receive } = await startApp();
  const [decided] = await receive(aReport());
  const source = encodeURIComponent('service:mailchimp#own');
  for (const route of ROUTES.filter((one) => one.startsWith('GET') && one !== 'GET /api/events')) {
    const url = route
      .slice(4)
      .replace(':domain', 'example.org')
      .replace(':source', source)
      .replace(':id', String(decided?.reportId))
      .replace('/before-after', '/before-after?day=2026-11-05');
    const answer = await ask(url);
    expect(answer.statusCode, url).toBe(200);
    expect(answer.headers['cache-control'], url).toBe('no-store');
    const type = url.endsWith('/xml') ? 'text/plain' : 'application/json';
    expect(answer.headers['content-type'], url).toBe(`${type}; charset=utf-8`);
  }
});
