import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { authorityOf, isOwnAuthority } from '../../../server/api/host-guard.ts';
import { listen, startApp } from './start-app.ts';

const own = ['localhost', 'LocalHost:7489', '127.0.0.1', '127.0.0.1:80', '[::1]:7489', '[::1]'];
test.each(own)('%s is this machine', (authority) => expect(isOwnAuthority(authority)).toBe(true));

const foreign = [
  'evil.example',
  'evil.example:7489',
  'localhost.evil.example',
  'localhost.',
  'localhost:7489@evil.example',
  '127.0.0.1:7489@evil.example',
  'evil.example#localhost',
  '127.0.0.1.evil.example',
  '127.0.0.2',
  '127.1',
  '2130706433',
  '0.0.0.0:7489',
  '[::]:7489',
  '[::ffff:127.0.0.1]',
  '::1',
  '[::1',
  '192.168.1.10:7489',
  'localhost:99999999',
  'localhost:port',
  'localhost ',
  'localhost,evil.example',
  '',
];
test.each(foreign)('"%s" is not this machine', (authority) => {
  expect(isOwnAuthority(authority)).toBe(false);
});

test('the absolute form counts, and a Host that contradicts it counts as none', () => {
  const host = ['Host', '127.0.0.1:7489'];
  expect(authorityOf('/api/health', host)).toBe('127.0.0.1:7489');
  expect(authorityOf('http://127.0.0.1:7489/api/health', host)).toBe('127.0.0.1:7489');
  expect(authorityOf('http://evil.example/api/health', host)).toBeNull();
  expect(authorityOf('http://127.0.0.1:7489@evil.example/', host)).toBeNull();
  expect(authorityOf('https://127.0.0.1:7489/', host)).toBeNull();
  expect(authorityOf('*', host)).toBeNull();
  expect(authorityOf('/', [])).toBeNull();
  expect(authorityOf('/', [...host, 'host', '127.0.0.1:7489'])).toBeNull();
});

/** W04: what a hostile page or proxy can make a client send, over a real connection. */
const requests: [words: string, status: number, lines: string[]][] = [
  ['its own name', 200, ['GET /api/health HTTP/1.1', 'Host: localhost:PORT']],
  ['its address of IPv6', 200, ['GET /api/health HTTP/1.1', 'Host: [::1]:PORT']],
  ['another port, as through a tunnel', 200, ['GET /api/health HTTP/1.1', 'Host: localhost:8000']],
  [
    'the absolute form with its own name',
    200,
    ['GET http://localhost:PORT/api/health HTTP/1.1', 'Host: localhost:PORT'],
  ],
  ['the name of a rebound page', 421, ['GET /api/health HTTP/1.1', 'Host: evil.example:PORT']],
  [
    'the absolute form with another name',
    421,
    ['GET http://evil.example/api/health HTTP/1.1', 'Host: localhost:PORT'],
  ],
  [
    'the absolute form of another name in both places',
    421,
    ['GET http://evil.example/api/health HTTP/1.1', 'Host: evil.example'],
  ],
  [
    'X-Forwarded-Host with our name, from another one',
    421,
    ['GET /api/health HTTP/1.1', 'Host: evil.example', 'X-Forwarded-Host: localhost:PORT'],
  ],
  [
    'Forwarded with our name, from another one',
    421,
    ['GET /api/health HTTP/1.1', 'Host: evil.example', 'Forwarded: host=localhost'],
  ],
  ['two hosts', 421, ['GET /api/health HTTP/1.1', 'Host: localhost:PORT', 'Host: evil.example']],
  ['no host', 421, ['GET /api/health HTTP/1.1']],
  ['no host in HTTP/1.0', 421, ['GET /api/health HTTP/1.0']],
  ['a foreign host for the page', 421, ['GET / HTTP/1.1', 'Host: evil.example']],
  ['a foreign host for nothing', 421, ['GET /api/nothing HTTP/1.1', 'Host: evil.example']],
  ['a foreign host for events', 421, ['GET /api/events HTTP/1.1', 'Host: evil.example']],
  ['the asterisk form', 421, ['OPTIONS * HTTP/1.1', 'Host: localhost:PORT']],
];

test('a request is answered by the host it names, whatever form it takes', async () => {
  const { app } = await startApp();
  const { port } = await listen(app);
  const statuses = [];
  for (const [words, , lines] of requests) {
    const socket = connect(port, '127.0.0.1');
    const head = [...lines, 'Connection: close', '', ''].join('\r\n');
    socket.write(head.replaceAll('PORT', String(port)));
    const answer = await text(socket);
    statuses.push([words, Number(answer.slice(9, 12))]);
    expect(answer, words).toMatch(/^x-content-type-options: nosniff\r$/im);
    if (!answer.startsWith('HTTP/1.1 200')) expect(answer, words).not.toContain('schemaVersion');
  }
  expect(statuses).toEqual(requests.map(([words, status]) => [words, status]));
});
