import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { fastify } from 'fastify';
import type { Api } from '../../../server/api/api-type.ts';
import { isPagePath, pageFiles } from '../../../server/api/page-files.ts';
import { listen, startApp } from './start-app.ts';

const PAGE = {
  'index.html': '<!doctype html><title>Ruadmap</title>',
  'theme.js': '/* theme */',
  'assets/index-Bx12.js': `/* ${'x'.repeat(5_000)} */`,
  '.hidden': 'hidden',
  'assets/.map/x.js': 'hidden too',
};

test('what has a hash in its name is kept for a year; the page itself is always asked for anew', async () => {
  const { ask } = await startApp({ page: PAGE });
  const asset = await ask('/assets/index-Bx12.js');
  expect(asset.statusCode).toBe(200);
  expect(asset.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': expect.stringMatching(/^(text|application)\/javascript/) as string,
  });
  for (const url of ['/', '/index.html', '/theme.js', '/domains/example.org']) {
    expect((await ask(url)).headers['cache-control'], url).toBe('no-cache');
  }
  const { etag = '' } = (await ask('/')).headers;
  const again = await ask('/', { headers: { 'if-none-match': etag } });
  expect(again.statusCode).toBe(304);
});

test.each([
  '/',
  '/reports?from=2026-11-01',
  '/domains/example.org',
  '/domains/example.org/sources/net%3A203.0.113.0%2F24',
  '/domains/xn--bcher-kva.example/sources/service%3Amailchimp',
  '/mailboxes/add',
  '/no/such/page',
])('%s gets the page, which shows what was asked for', async (url) => {
  const { ask } = await startApp({ page: PAGE });
  const answer = await ask(url);
  expect([answer.statusCode, answer.body]).toEqual([200, PAGE['index.html']]);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
});

/** W06. */
const traversals = [
  '/../package.json',
  '/../../../../../../etc/passwd',
  '/%2e%2e/package.json',
  '/%2e%2e%2f%2e%2e%2fetc/passwd',
  '/..%2f..%2fetc/passwd',
  '/..%5c..%5cwindows%5cwin.ini',
  '/%252e%252e%252fetc/passwd',
  '/%c0%ae%c0%ae/etc/passwd',
  '/assets/../../package.json',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e/index.html',
  '/domains/../../etc/passwd',
  '/domains/%2e%2e%2fetc',
  '/theme.js%00.html',
  '/%00',
  '/.hidden',
  '/.env',
  '/.git/config',
  '/assets/.map/x.js',
  '/assets',
  '/assets/',
  '/assets/missing.js',
  '/favicon.ico',
  '/ruadmap.db',
  '//evil.example/..',
  '/link.js',
];
test('no address leads out of the folder of the page', async () => {
  const { app } = await startApp({ page: PAGE });
  const { port } = await listen(app);
  const answers = [];
  for (const target of traversals) {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);
    answers.push([target, answer.slice(9, 12)]);
    expect(answer, target).toMatch(/^x-content-type-options: nosniff\r$/im);
    expect(answer, target).not.toMatch(/root:|hidden|"dependencies"/);
  }
  const malformed = ['/%c0%ae%c0%ae/etc/passwd'];
  expect(answers).toEqual(
    traversals.map((target) => [target, malformed.includes(target) ? '400' : '404']),
  );
});

test('a link inside the folder is not followed', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const webDir = path.join(folder, 'web');
  mkdirSync(webDir);
  mkdirSync(path.join(folder, 'outside'));
  writeFileSync(path.join(folder, 'outside/secret.txt'), 'secret');
  writeFileSync(path.join(webDir, 'index.html'), 'index');
  symlinkSync(path.join(folder, 'outside/secret.txt'), path.join(webDir, 'link.js'));
  symlinkSync(path.join(folder, 'outside'), path.join(webDir, 'linked'));
  const app: Api = fastify();
  await pageFiles(app, webDir);
  expect((await app.inject('/link.js')).statusCode).toBe(404);
  expect((await app.inject('/linked/secret.txt')).body).not.toContain('secret');
  await app.close();
});

test('an address of the page has no dot in front, no backslash, no second encoding', () => {
  expect(isPagePath('')).toBe(true);
  expect(isPagePath('domains/example.org')).toBe(true);
  for (const name of ['a/../b', 'a\\b', 'a%2fb', 'a\u0000', 'x.html', 'api', 'api/x', 'assets/x']) {
    expect(isPagePath(name), name).toBe(false);
  }
});

test('text is compressed for those who take it, and the API says which it varies by', async () => {
  const { ask } = await startApp({ page: PAGE });
  for (const url of ['/assets/index-Bx12.js', '/api/openapi.json']) {
    const plain = await ask(url);
    const packed = await ask(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
  }
});
