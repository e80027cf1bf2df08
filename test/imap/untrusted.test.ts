import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { testMailbox } from '../../ingest/mailbox-check.ts';
import { defaultMailboxTimes } from '../../ingest/mailbox-client.ts';
import { dovecot, isMissing } from '../parts.ts';
import { startDovecot } from './dovecot.ts';
import { accessTo, PASSWORD, USER } from './polling.ts';
import { startProxy } from './proxy.ts';
import { type Script, startScripted } from './scripted-server.ts';

const TIMES = { ...defaultMailboxTimes, connectSeconds: 1, commandSeconds: 1 };

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function check(port: number, security: 'tls' | 'starttls', caPem: string | null = null) {
  const { address, password } = accessTo(port);
  const startedMs = performance.now();
  const checked = await testMailbox(
    { address: { ...address, security }, password, caPem },
    defaultLimits,
    TIMES,
  );
  return { checked, tookMs: performance.now() - startedMs };
}

/** Every form in which a password may pass. */
const CREDENTIALS = [PASSWORD, Buffer.from(PASSWORD), Buffer.from(`\0${USER}\0${PASSWORD}`)].map(
  (form) => (typeof form === 'string' ? form : form.toString('base64').replace(/=+$/, '')),
);
function expectNoCredential(sent: string): void {
  for (const form of CREDENTIALS) expect(sent).not.toContain(form);
  expect(sent).not.toMatch(/LOGIN|AUTHENTICATE/i);
}

describe('P10: a server that does not come to the point', () => {
  /** Accepts, and says this much a second. */
  async function slowServer(begin: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      begin(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as { port: number }).port;
  }
  const drip = (text: string) => (socket: Socket) => {
    let place = 0;
    const timer = setInterval(() => socket.write(text.charAt(place++ % text.length)), 100);
    socket.on('close', () => clearInterval(timer));
  };

  test.each<[string, 'tls' | 'starttls', (socket: Socket) => void]>([
    ['no greeting', 'starttls', () => undefined],
    ['a greeting a byte at a time', 'starttls', drip('* OK so slow ')],
    ['no TLS handshake', 'tls', () => undefined],
    ['a TLS handshake a byte at a time', 'tls', drip('\x16\x03\x03\x40\x00\x02\x00\x3f\xfc')],
  ])('%s is given up in time, before a password', async (_, security, begin) => {
    const port = await slowServer(begin);
    const { checked, tookMs } = await check(port, security);
    expect(checked).toMatchObject({ ok: false, code: 'timed-out' });
    expect(tookMs).toBeLessThan(3000);
  });

  test('by default within fifteen seconds', () => {
    expect(defaultMailboxTimes.connectSeconds).toBeLessThanOrEqual(15);
  });
});

const STARTTLS = { lines: ['* CAPABILITY IMAP4rev1 STARTTLS'], tagged: 'OK done' };
const hijacked = (starttls: ReturnType<Script['answer']>, greeting?: string): Script => ({
  ...(greeting === undefined ? {} : { greeting }),
  answer: (command) => {
    if (command === 'CAPABILITY') return STARTTLS;
    return command === 'STARTTLS' ? starttls : { lines: [], tagged: 'OK done' };
  },
});

describe('P19: a server that may not be the right one', () => {
  test.each<[string, Script]>([
    ['refuses STARTTLS', hijacked({ lines: [], tagged: 'NO not now' })],
    ['does not know STARTTLS, which it offers', hijacked({ lines: [], tagged: 'BAD what?' })],
    [
      'goes on in plain text after STARTTLS',
      hijacked({ lines: [], tagged: 'OK begin\r\n* CAPABILITY IMAP4rev1\r\nA1 OK done' }),
    ],
    ['says nothing after STARTTLS', hijacked({ lines: [], tagged: 'OK begin' })],
    [
      'greets as if the user were logged in',
      hijacked({ lines: [], tagged: 'OK begin' }, '* PREAUTH [CAPABILITY IMAP4rev1] welcome'),
    ],
  ])('and %s gets no byte of the password', async (_, script) => {
    const server = await startScripted(script);
    stops.push(() => server.stop());
    const { checked } = await check(server.port, 'starttls');
    expect(checked).toMatchObject({ ok: false });
    expectNoCredential(server.commands.join('\n'));
  });

  test.skipIf(isMissing(dovecot)).each<[string, (text: string) => string]>([
    ['STARTTLS', (text) => text.replaceAll('STARTTLS', 'XTARTTLS')],
    [
      'every capability',
      (text) => text.replaceAll(/CAPABILITY [^\r\]]+/g, 'CAPABILITY IMAP4rev1 AUTH=PLAIN'),
    ],
  ])('behind somebody who strips %s gets no byte of the password', async (_, strip) => {
    const server = await startDovecot({ [USER]: PASSWORD });
    const proxy = await startProxy(server.port);
    stops.push(
      () => proxy.stop(),
      () => server.stop(),
    );
    proxy.rewrite((received) => Buffer.from(strip(received.toString('latin1')), 'latin1'));
    const { checked } = await check(proxy.port, 'starttls', server.caPem);
    expect(checked).toMatchObject({ ok: false, code: 'starttls-missing' });
    expect(checked).toHaveProperty('message', expect.stringContaining('No password was sent'));
    expect(proxy.received()).toMatch(/CAPABILITY/);
    expect(proxy.received()).not.toMatch(/\bSTARTTLS/);
    expectNoCredential(proxy.sent());
  });
});
