import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { MailboxState } from '../../../server/api/contract.ts';
import { listen, startApp } from './start-app.ts';

/** A reader of events over a real connection. */
function openEvents(port: number): { socket: Socket; received: () => string } {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  socket.on('error', () => undefined);
  socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  onTestFinished(() => {
    socket.destroy();
  });
  return { socket, received: () => received };
}

const listening = (client: { received: () => string }) =>
  vi.waitFor(() => expect(client.received()).toContain(': listening'));

const FAILED: MailboxState = {
  state: 'failed',
  problem: {
    code: 'login',
    message: 'The server said: no\r\n\r\nevent: stored\u2028data: {}',
    advice: 'Check the password.',
  },
  sinceSeconds: 1,
  lastLookSeconds: null,
  nextLookSeconds: null,
  progress: null,
};

test('events reach every open page, each as one event whatever words it carries', async () => {
  const { app, ingest } = await startApp();
  const { port } = await listen(app);
  const clients = [openEvents(port), openEvents(port)];
  for (const client of clients) await listening(client);
  ingest.tell({ name: 'mailbox', data: { id: 3, status: FAILED } });
  for (const client of clients) {
    await vi.waitFor(() => expect(client.received()).toContain('event: mailbox'));
    const text = client.received();
    expect(text.match(/\nevent: /g)).toHaveLength(1);
    const data = /\ndata: ([^\n]*)\n/.exec(text)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual({ id: 3, status: FAILED });
  }
});

test('the head of the stream has the safety headers, and it is neither cached nor compressed', async () => {
  const { app } = await startApp();
  const { origin } = await listen(app);
  const stop = new AbortController();
  const response = await fetch(`${origin}/api/events`, {
    headers: { 'accept-encoding': 'gzip' },
    signal: stop.signal,
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'") as string,
  });
  expect(response.headers.has('content-encoding')).toBe(false);
  stop.abort();
});

test('many stored reports are one event a second, and none is lost from the sum', async () => {
  const { app, ingest } = await startApp({ limits: { storedEventSeconds: 0.3 } });
  const { port } = await listen(app);
  const client = openEvents(port);
  await listening(client);
  const startedMs = performance.now();
  for (let batch = 0; batch < 20; batch += 1) {
    ingest.tell({ name: 'stored', data: { reports: 5 } });
    await wait(10);
  }
  const told = () =>
    [...client.received().matchAll(/"reports":(\d+)/g)].map(([, reports]) => Number(reports));
  const sum = () => told().reduce((total, reports) => total + reports, 0);
  await vi.waitFor(() => expect(sum()).toBe(100), 2_000);
  expect(told()[0]).toBe(5);
  const seconds = (performance.now() - startedMs) / 1_000;
  expect(told().length).toBeLessThanOrEqual(1 + Math.ceil(seconds / 0.3));
  expect(told().length).toBeLessThan(20);
});

test('a quiet stream is kept open by a sign of life, beyond what a silent connection may last', async () => {
  const { app } = await startApp({ limits: { heartbeatSeconds: 0.2, idleSeconds: 0.9 } });
  const { port } = await listen(app);
  const client = openEvents(port);
  await listening(client);
  await wait(2_000);
  expect(client.socket.destroyed).toBe(false);
  expect(client.received().match(/^: still here$/gm)?.length).toBeGreaterThan(4);
});

/** W09. */
test('of a thousand listeners fifty are heard, the others are told to come back, and places become free', async () => {
  const { app, ingest } = await startApp();
  const { port, origin } = await listen(app);
  const clients = Array.from({ length: 950 }, () => openEvents(port));
  const statuses = () => clients.map((client) => client.received().slice(9, 12));
  await vi.waitFor(() => expect(statuses()).not.toContain(''), 20_000);
  const count = (status: string) => statuses().filter((one) => one === status).length;
  expect([count('200'), count('503')]).toEqual([50, 900]);
  const turnedAway = clients.find((client) => client.received().includes(' 503 '));
  expect(turnedAway?.received()).toContain('too-many-listeners');
  expect(turnedAway?.received()).toMatch(/^retry-after: 60\r$/im);

  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
  for (const client of clients) client.socket.destroy();
  await vi.waitFor(async () => {
    const next = openEvents(port);
    await listening(next);
  }, 5_000);
  expect(ingest.listeners()).toBe(1);
});

test('a page that does not read is cut off before its events fill the memory; others go on', async () => {
  const { app, ingest } = await startApp({ limits: { eventBufferBytes: 64 * 1_024 } });
  const { port } = await listen(app);
  const slow = openEvents(port);
  const quick = openEvents(port);
  await listening(slow);
  await listening(quick);
  slow.socket.pause();
  const closed = new Promise((resolve) => slow.socket.once('close', resolve));
  const before = process.memoryUsage().rss;
  let told = 0;
  const words = 'x'.repeat(4_096);
  const burst = 10;
  while ((await connections(app)) > 1 && told < 4_000) {
    for (let event = 0; event < burst; event += 1) {
      const data = { id: words, name: 'a', done: false, total: null, summary: null, problem: null };
      ingest.tell({ name: 'import', data: { ...data, seen: told } });
      told += 1;
    }
    await wait(2);
  }
  expect(told).toBeLessThan(4_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576);
  const last = `"seen":${told - 1}}`;
  await vi.waitFor(() => expect(quick.received().includes(last)).toBe(true), 5_000);
  slow.socket.resume();
  await closed;
});

const connections = (app: { server: { getConnections: (back: Back) => void } }): Promise<number> =>
  new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
type Back = (error: Error | null, count: number) => void;

test('one event larger than the buffer reaches a page that reads', async () => {
  const { app, ingest } = await startApp({ limits: { eventBufferBytes: 1_000 } });
  const { port } = await listen(app);
  const client = openEvents(port);
  await listening(client);
  const data = { id: 'a', name: 'x'.repeat(500_000), done: true, seen: 1, total: 1 };
  ingest.tell({ name: 'import', data: { ...data, summary: null, problem: null } });
  await vi.waitFor(() => expect(client.received()).toContain('"problem":null}'));
  expect(client.socket.destroyed).toBe(false);
});

test('the app closes at once with streams open, and listens no longer', async () => {
  const { app, ingest } = await startApp();
  const { port } = await listen(app);
  const client = openEvents(port);
  await listening(client);
  const closed = new Promise((resolve) => client.socket.once('close', resolve));
  const startedMs = performance.now();
  await app.close();
  await closed;
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  expect(ingest.listeners()).toBe(0);
});
