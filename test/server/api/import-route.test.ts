import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSpool } from '../../../server/api/spool.ts';
import { listen, startApp } from './start-app.ts';

const BYTES = { 'content-type': 'application/octet-stream' };
const MIB = 1_048_576;

test('an upload lies in the spool under a random name before its own, for its owner alone, and is handed over', async () => {
  const { ask, ingest, spoolDir } = await startApp();
  const payload = Buffer.from([0x1f, 0x8b, 0, 255]);
  const answer = await ask('/api/imports/report.xml.gz', {
    method: 'PUT',
    headers: BYTES,
    payload,
  });
  expect([answer.statusCode, answer.json()]).toEqual([202, { id: 'import-1' }]);
  const [call] = ingest.calls;
  const file = String(call?.[1]);
  expect(call).toEqual(['importSpooled', file, 'report.xml.gz']);
  expect(path.dirname(file)).toBe(spoolDir);
  expect(path.basename(file)).toMatch(/^[0-9a-f-]{36} report\.xml\.gz\.upload$/);
  expect(readFileSync(file)).toEqual(payload);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(spoolDir).mode & 0o777).toBe(0o700);
});

/** W06, W11: the name is a label; it names no file. */
const names = [
  '../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  'a\r\nSet-Cookie: x=1.zip',
  'a\u0000.zip',
  '.part',
  '__proto__',
  '\u202egnp.exe',
  'ü'.repeat(255),
];
test.each(names)('the name %j names no file', async (name) => {
  const { ask, ingest, spoolDir } = await startApp();
  const url = `/api/imports/${encodeURIComponent(name)}`;
  const answer = await ask(url, { method: 'PUT', headers: BYTES, payload: 'x' });
  expect(answer.statusCode).toBe(202);
  expect(answer.headers).not.toHaveProperty('set-cookie');
  const spooled = readdirSync(spoolDir);
  expect(spooled).toHaveLength(1);
  expect(ingest.calls).toEqual([['importSpooled', path.join(spoolDir, spooled[0] ?? ''), name]]);
});

test('a name that is too long or missing is refused', async () => {
  const { ask } = await startApp();
  for (const name of ['', 'x'.repeat(256), 'x'.repeat(3_000)]) {
    const answer = await ask(`/api/imports/${name}`, {
      method: 'PUT',
      headers: BYTES,
      payload: 'x',
    });
    expect([400, 404]).toContain(answer.statusCode);
  }
});

test('an upload announced as too large is refused before a byte of it is read', async () => {
  const { app, ingest, spoolDir } = await startApp({ limits: { refusedUploadSeconds: 0.3 } });
  const { port } = await listen(app);
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `PUT /api/imports/a HTTP/1.1\r\nHost: localhost:${port}\r\n` +
      'Content-Type: application/octet-stream\r\nContent-Length: 1073741824\r\n\r\n',
  );
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('256 MiB');
  expect(readdirSync(spoolDir)).toEqual([]);
  expect(ingest.calls).toEqual([]);
});

/** Sends mebibytes in chunks until the answer comes or the connection ends. */
async function pourIn(
  port: number,
  mebibytes: number,
): Promise<{ sent: number; status: number; body: string }> {
  const chunk = Buffer.alloc(MIB, 'x');
  const upload = request({ port, method: 'PUT', path: '/api/imports/a', headers: BYTES });
  upload.on('error', () => undefined);
  const answered = new Promise<IncomingMessage>((resolve) => upload.once('response', resolve));
  const state = { isAnswered: false };
  void answered.then(() => (state.isAnswered = true));
  let sent = 0;
  while (sent < mebibytes && !state.isAnswered) {
    sent += 1;
    if (!upload.write(chunk)) await Promise.race([once(upload, 'drain'), answered]);
  }
  const response = await answered;
  const body = await text(response);
  upload.destroy();
  return { sent, status: response.statusCode ?? 0, body };
}

test('a gigabyte in chunks without a length is refused at the cap, memory stays flat, nothing stays', async () => {
  const { app, ingest, spoolDir } = await startApp({ limits: { importBytes: 8 * MIB } });
  const { port } = await listen(app);
  const before = process.memoryUsage().rss;
  const { sent, status, body } = await pourIn(port, 1_024);
  expect(status).toBe(413);
  expect(body).toContain('8 MiB');
  expect(sent).toBeLessThan(512);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB);
  await vi.waitFor(() => expect(readdirSync(spoolDir)).toEqual([]));
  expect(ingest.calls).toEqual([]);
});

test('who goes on sending after the refusal is cut off', async () => {
  const limits = { importBytes: 1_000, refusedUploadSeconds: 0.3 };
  const { app } = await startApp({ limits });
  const { port } = await listen(app);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write(
    `PUT /api/imports/a HTTP/1.1\r\nHost: localhost:${port}\r\n` +
      'Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  const timer = setInterval(() => socket.write('400\r\n' + 'x'.repeat(1_024) + '\r\n'), 20);
  const startedMs = performance.now();
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(timer);
  expect(performance.now() - startedMs).toBeLessThan(4_500);
});

test('after a refused upload was sent to its end, the connection still serves', async () => {
  const { app } = await startApp({ limits: { importBytes: 1_000 } });
  const { port } = await listen(app);
  const socket = connect(port, '127.0.0.1');
  const head = `HTTP/1.1\r\nHost: localhost:${port}\r\n`;
  socket.write(
    `PUT /api/imports/a ${head}Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  for (let part = 0; part < 20; part += 1) {
    socket.write(`8000\r\n${'x'.repeat(0x8000)}\r\n`);
    await wait(5);
  }
  socket.write(`0\r\n\r\nGET /api/health ${head}Connection: close\r\n\r\n`);
  const answer = await text(socket);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
});

test('an upload one byte over the cap is told so; one at the cap is taken', async () => {
  const { ask, spoolDir } = await startApp({ limits: { importBytes: 1_000 } });
  const put = (bytes: number) =>
    ask('/api/imports/a', { method: 'PUT', headers: BYTES, payload: Buffer.alloc(bytes) });
  expect((await put(1_001)).statusCode).toBe(413);
  expect(readdirSync(spoolDir)).toEqual([]);
  expect((await put(1_000)).statusCode).toBe(202);
});

test('of an upload that breaks off, nothing stays and nothing is handed over', async () => {
  const { app, ingest, spoolDir } = await startApp();
  const { port } = await listen(app);
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `PUT /api/imports/a HTTP/1.1\r\nHost: localhost:${port}\r\n` +
      'Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nhalf',
  );
  await vi.waitFor(() => expect(readdirSync(spoolDir)).toHaveLength(1));
  socket.destroy();
  await vi.waitFor(() => expect(readdirSync(spoolDir)).toEqual([]));
  await wait(50);
  expect(ingest.calls).toEqual([]);
});

test('more uploads at once than are allowed are asked to come back', async () => {
  const { app, ask, spoolDir } = await startApp({ limits: { importsAtOnce: 2 } });
  const { port } = await listen(app);
  const open = [1, 2].map(() => {
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `PUT /api/imports/a HTTP/1.1\r\nHost: localhost:${port}\r\n` +
        'Content-Type: application/octet-stream\r\nContent-Length: 9\r\n\r\nhalf',
    );
    return socket;
  });
  await vi.waitFor(() => expect(readdirSync(spoolDir)).toHaveLength(2));
  const put = () => ask('/api/imports/b', { method: 'PUT', headers: BYTES, payload: 'x' });
  const third = await put();
  expect([third.statusCode, third.json()]).toMatchObject([429, { code: 'too-many-uploads' }]);
  for (const socket of open) socket.destroy();
  await vi.waitFor(async () => expect((await put()).statusCode).toBe(202));
});

test('at the start, what an earlier end cut off is cleared, and waiting uploads stay', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ruadmap-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const spoolDir = path.join(folder, 'spool');
  mkdirSync(spoolDir);
  writeFileSync(path.join(spoolDir, 'a.part'), 'half');
  writeFileSync(path.join(spoolDir, 'b.upload'), 'whole');
  await openSpool(spoolDir);
  expect(readdirSync(spoolDir)).toEqual(['b.upload']);
});

test('JSON is no upload, and an upload without a body is told so', async () => {
  const { ask } = await startApp();
  const json = await ask('/api/imports/a', { method: 'PUT', payload: { a: 1 } });
  expect(json.statusCode).toBe(415);
  const empty = await ask('/api/imports/a', { method: 'PUT' });
  expect([empty.statusCode, empty.json()]).toMatchObject([400, { code: 'no-body' }]);
});
