import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { defaultHttpLimits, longestRequestSeconds } from '../../../server/api/http-limits.ts';
import { listen, startApp } from './start-app.ts';

/** W15: requests that two parties could read in two ways, or that are none. */
const malformed: [words: string, status: string, request: string][] = [
  [
    'a length and chunks',
    '400',
    'POST /api/mailboxes/test HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n' +
      'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\n\r\n',
  ],
  [
    'two lengths',
    '400',
    'POST /api/mailboxes/test HTTP/1.1\r\nHost: HOST\r\nContent-Length: 6\r\nContent-Length: 5\r\n\r\n',
  ],
  [
    'chunks under another name',
    '400',
    'POST /api/mailboxes/test HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: xchunked\r\n\r\n',
  ],
  [
    'a negative length',
    '400',
    'POST /api/mailboxes HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n',
  ],
  ['headers of 20 KB', '431', `GET / HTTP/1.1\r\nHost: HOST\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`],
  ['an address of 20 KB', '431', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`],
  ['a line folded into the next', '400', 'GET / HTTP/1.1\r\nHost: HOST\r\n folded: x\r\nA\r\n\r\n'],
  ['a space before the colon', '400', 'GET / HTTP/1.1\r\nHost : HOST\r\n\r\n'],
  ['a carriage return alone', '400', 'GET / HTTP/1.1\r\nHost: HOST\rX: y\r\n\r\n'],
  ['no HTTP at all', '400', 'EHLO example.org\r\n'],
  ['the beginning of TLS', '400', '\u0016\u0003\u0001\u0002\u0000\u0001'],
];
test('what is no clear request is refused, with the safety headers, and the connection is closed', async () => {
  const { app, ingest } = await startApp();
  const { port } = await listen(app);
  const statuses = [];
  for (const [words, , request] of malformed) {
    const socket = connect(port, '127.0.0.1');
    socket.write(request.replaceAll('HOST', `localhost:${port}`), 'latin1');
    const answer = await text(socket);
    statuses.push([words, answer.slice(9, 12)]);
    expect(answer.match(/^HTTP\/1\.1 /gm), words).toHaveLength(1);
    expect(answer, words).toMatch(/^content-security-policy: default-src 'none'/m);
    expect(answer, words).toMatch(/^x-content-type-options: nosniff\r$/m);
    const body = answer.split('\r\n\r\n')[1] ?? '';
    expect(Object.keys(JSON.parse(body) as object), words).toEqual(['code', 'message']);
  }
  expect(statuses).toEqual(malformed.map(([words, status]) => [words, status]));
  expect(ingest.calls).toEqual([]);
});

test('an expectation that is not known is not answered without our headers', async () => {
  const { app } = await startApp();
  const { port } = await listen(app);
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /api/health HTTP/1.1\r\nHost: localhost:${port}\r\nExpect: x\r\nConnection: close\r\n\r\n`,
  );
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
});

/** Sends the head, then a byte at a time; resolves with the time until the server closed. */
async function drip(port: number, head: string, everyMs: number): Promise<number> {
  const startedMs = performance.now();
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write(head);
  const timer = setInterval(() => socket.write('a'), everyMs);
  onTestFinished(() => {
    clearInterval(timer);
    socket.destroy();
  });
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(timer);
  return performance.now() - startedMs;
}

const QUICK = { headersSeconds: 0.5, bodyGraceSeconds: 0.6, checkSeconds: 0.2 };

/** W08. */
test('five hundred connections that send a byte now and then are closed; others are served meanwhile', async () => {
  const { app, spoolDir } = await startApp({ limits: QUICK });
  const { port, origin } = await listen(app);
  const put = `PUT /api/imports/a HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n`;
  const post = `POST /api/mailboxes HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
  const headers = `GET /api/health HTTP/1.1\r\nHost: localhost:${port}\r\nX: `;
  const closings = Array.from({ length: 500 }, (_, index) =>
    drip(port, index < 7 ? put : index % 2 === 0 ? headers : post, 100),
  );
  const waitedMs = [];
  for (let asked = 0; asked < 20; asked += 1) {
    const startedMs = performance.now();
    expect((await fetch(`${origin}/api/health`)).status).toBe(200);
    waitedMs.push(performance.now() - startedMs);
    await wait(20);
  }
  expect(Math.max(...waitedMs)).toBeLessThan(2_000);
  const lasted = await Promise.all(closings);
  expect(Math.max(...lasted)).toBeLessThan(10_000);
  await vi.waitFor(() => expect(readdirSync(spoolDir)).toEqual([]));
});

test('a body that keeps the pace is waited for, beyond the grace', async () => {
  const { app } = await startApp({ limits: { ...QUICK, bodyBytesPerSecond: 100 } });
  const { port } = await listen(app);
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `PUT /api/imports/a HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n` +
      'Content-Type: application/octet-stream\r\nContent-Length: 3000\r\n\r\n',
  );
  const answer = text(socket);
  for (let part = 0; part < 15; part += 1) {
    await wait(100);
    socket.write('a'.repeat(200));
  }
  expect(await answer).toMatch(/^HTTP\/1\.1 202 /);
});

test('a reader that stops reading a large answer is cut off', async () => {
  const { app } = await startApp({
    limits: { idleSeconds: 0.5 },
    page: { 'index.html': 'x', 'assets/large.bin': 'x'.repeat(32 * 1_048_576) },
  });
  const { port } = await listen(app);
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`GET /assets/large.bin HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  socket.pause();
  const open = () =>
    new Promise<number>((resolve) => app.server.getConnections((_e, count) => resolve(count)));
  await vi.waitFor(async () => expect(await open()).toBe(1));
  await vi.waitFor(async () => expect(await open()).toBe(0), 10_000);
  socket.destroy();
});

test('more connections than allowed are not taken, and the server lives on', async () => {
  const { app } = await startApp({ limits: { connections: 5 } });
  const { port, origin } = await listen(app);
  const sockets = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
  for (const socket of sockets) socket.on('error', () => undefined);
  await vi.waitFor(() =>
    expect(sockets.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(15),
  );
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(async () => expect((await fetch(`${origin}/api/health`)).status).toBe(200));
});

test('the patience of a real server: slow ones are gone within 30 seconds, and no timer is off', async () => {
  const limits = defaultHttpLimits;
  expect(limits.headersSeconds + limits.checkSeconds).toBeLessThanOrEqual(30);
  expect(limits.bodyGraceSeconds + limits.checkSeconds).toBeLessThanOrEqual(30);
  expect(limits.idleSeconds).toBeLessThanOrEqual(30);
  expect(limits.heartbeatSeconds).toBeLessThan(limits.idleSeconds);
  const { app } = await startApp();
  expect(app.server).toMatchObject({
    timeout: 30_000,
    headersTimeout: 10_000,
    keepAliveTimeout: 10_000,
    requestTimeout: 1_000 * longestRequestSeconds(limits),
    maxConnections: 1_000,
  });
});
