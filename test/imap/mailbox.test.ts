import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AfterChoice } from '../../ingest/after-choice.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { connectMailbox } from '../../ingest/mailbox.ts';
import { testMailbox } from '../../ingest/mailbox-check.ts';
import { defaultMailboxTimes, type MailboxAccess } from '../../ingest/mailbox-client.ts';
import { dovecot, isMissing } from '../parts.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { freePort } from './free-port.ts';
import { REPORT_FORMS } from './mails.ts';
import { ordinaryMail } from './ordinary-mails.ts';
import { accessTo, PASSWORD, USER } from './polling.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { reportFile } from './report-files.ts';

const TIMES = { ...defaultMailboxTimes, connectSeconds: 3 };

let server: Dovecot;

const check = (access: MailboxAccess) => testMailbox(access, defaultLimits, TIMES);

const withAddress = (changes: Partial<MailboxAccess['address']>, caPem: string | null = null) => {
  const access = accessTo(server.port);
  return { ...access, caPem, address: { ...access.address, ...changes } };
};

describe.skipIf(isMissing(dovecot))('a mailbox that is being set up', () => {
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
    const inbox = server.maildir(USER);
    for (const form of Object.values(REPORT_FORMS)) inbox.deliver(form(reportFile(1)));
    for (let index = 0; index < 16; index += 1) inbox.deliver(ordinaryMail(index));
  });
  afterAll(() => server.stop());

  test('says how many of its newest messages look like reports', async () => {
    expect(await check(accessTo(server.port))).toEqual({
      ok: true,
      messages: 22,
      lookedAt: 22,
      // The nameless one and the misspelt one show only when their first bytes are read.
      reportLike: 4,
      folders: ['INBOX'],
      afterProblem: null,
    });
  });

  test('says that the folder to move stored reports to is missing', async () => {
    const access = accessTo(server.port);
    const told = (choice: AfterChoice) =>
      testMailbox(access, defaultLimits, TIMES, { choice, movedFrom: [] });
    expect(await told({ kind: 'move', folder: 'Nowhere', create: false })).toMatchObject({
      ok: true,
      afterProblem: { message: expect.stringContaining('no folder “Nowhere”') as string },
    });
    for (const choice of [
      { kind: 'move', folder: 'Nowhere', create: true },
      { kind: 'delete', days: 30 },
      { kind: 'mark' },
    ] as const) {
      expect(await told(choice)).toMatchObject({ ok: true, afterProblem: null });
    }
  });

  test.each<['tls' | 'starttls', 'tlsPort' | 'port']>([
    ['tls', 'tlsPort'],
    ['starttls', 'port'],
  ])('is reached by %s with the authority of its server', async (security, port) => {
    const access = withAddress({ security, port: server[port], host: 'localhost' }, server.caPem);
    expect(await check(access)).toMatchObject({ ok: true, messages: 22 });
  });

  test('may be empty', async () => {
    const other = await startDovecot({ [USER]: PASSWORD });
    try {
      expect(await check(accessTo(other.port))).toMatchObject({
        ok: true,
        messages: 0,
        lookedAt: 0,
      });
    } finally {
      await other.stop();
    }
  });

  test('P09: names the folders where the one asked for is missing', async () => {
    const checked = await check(accessTo(server.port, 'Nowhere'));
    expect(checked).toMatchObject({ ok: false, code: 'no-such-folder', folders: ['INBOX'] });
  });

  test('tells a wrong password in the words of the server, and never repeats it', async () => {
    const checked = await check(accessTo(server.port, 'INBOX', 'open sesame'));
    expect(checked).toMatchObject({ ok: false, code: 'wrong-password' });
    expect(checked).toHaveProperty('message', expect.stringContaining('Authentication failed'));
    expect(JSON.stringify(checked)).not.toContain('open sesame');
  });

  test('tells a server that is not there', async () => {
    const port = await freePort();
    expect(await check(withAddress({ port }))).toMatchObject({ code: 'connection-refused' });
    const host = 'mail.invalid';
    expect(await check(withAddress({ host, security: 'tls' }))).toMatchObject({
      code: 'host-not-found',
    });
  });

  test('tells TLS on a port that does not start with it', async () => {
    const checked = await check(withAddress({ security: 'tls' }));
    expect(checked).toMatchObject({ ok: false, code: 'not-imap' });
    expect(checked).toHaveProperty('advice', expect.stringContaining('STARTTLS'));
  });

  test('refuses to send a password in plain text to another machine', async () => {
    const access = withAddress({ host: 'mail.example.com' });
    await expect(connectMailbox(access, defaultLimits, TIMES)).rejects.toThrow(/plain text/);
  });
});

describe.skipIf(isMissing(dovecot))('P19: a server that cannot be trusted gets no password', () => {
  let proxy: Proxy | null = null;
  let doubtful: Dovecot | null = null;

  async function connectBy(
    options: Parameters<typeof startDovecot>[1],
    security: 'tls' | 'starttls',
    trust: boolean,
  ) {
    doubtful = await startDovecot({ [USER]: PASSWORD }, options);
    proxy = await startProxy(security === 'tls' ? doubtful.tlsPort : doubtful.port);
    try {
      const { address, password } = accessTo(proxy.port);
      const caPem = trust ? doubtful.caPem : null;
      const checked = await check({ address: { ...address, security }, password, caPem });
      return { checked, sent: proxy.sent() };
    } finally {
      await proxy.stop();
      await doubtful.stop();
    }
  }

  test.each<[string, Parameters<typeof startDovecot>[1], 'tls' | 'starttls', boolean, RegExp]>([
    ['self-signed', {}, 'tls', false, /is self-signed/],
    ['self-signed, behind STARTTLS', {}, 'starttls', false, /is self-signed/],
    ['expired', { certificate: 'expired' }, 'tls', true, /has expired/],
    ['for another name', { certificate: 'other-name' }, 'tls', true, /is for another name/],
  ])('a certificate that is %s', async (_, options, security, trust, words) => {
    const { checked, sent } = await connectBy(options, security, trust);
    expect(checked).toMatchObject({ ok: false, code: 'certificate-untrusted' });
    expect(checked).toHaveProperty('message', expect.stringMatching(words));
    expect(sent).not.toMatch(/LOGIN|AUTHENTICATE/);
  });

  test('STARTTLS that is not offered', async () => {
    const { checked, sent } = await connectBy({ tls: false }, 'starttls', true);
    expect(checked).toMatchObject({ ok: false, code: 'starttls-missing' });
    expect(sent).not.toMatch(/LOGIN|AUTHENTICATE/);
    expect(sent).not.toContain(PASSWORD);
    expect(sent).not.toContain(Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64'));
  });
});

describe.skipIf(isMissing(dovecot))('P18: folders by any name', () => {
  test.each<[string, string]>([
    ['Entwürfe', 'Entw&APw-rfe'],
    ['日本語', '&ZeVnLIqe-'],
    ['"quoted" & so on', '"quoted" &- so on'],
    ['back\\slash', 'back\\slash'],
    ['Reports.2026.May', 'Reports.2026.May'],
    [' spaced ', ' spaced '],
  ])('%j is opened', async (name, onDisk) => {
    const own = await startDovecot({ [USER]: PASSWORD });
    try {
      own.maildir(USER).deliver(ordinaryMail(0));
      own
        .maildir(USER)
        .subfolder(onDisk)
        .deliver(REPORT_FORMS.bare(reportFile(1)));
      own.maildir(USER).subfolder('Other').deliver(ordinaryMail(1));
      const checked = await check(accessTo(own.port, name));
      expect(checked).toMatchObject({ ok: true, messages: 1, reportLike: 1 });
      expect(checked.folders).toContain(name);
    } finally {
      await own.stop();
    }
  });

  test('a name with wildcards opens that folder and no other', async () => {
    const own = await startDovecot({ [USER]: PASSWORD });
    try {
      own.maildir(USER).subfolder('Reports').deliver(ordinaryMail(1));
      const checked = await check(accessTo(own.port, 'R*'));
      expect(checked).toMatchObject({ ok: false, code: 'no-such-folder' });
    } finally {
      await own.stop();
    }
  });

  test.each<[string, string, string]>([
    ['/', 'Reports.2026', 'Reports/2026'],
    ['/', 'Quarter &AKM-', 'Quarter £'],
    ['^', 'Reports.2026', 'Reports^2026'],
  ])('behind the delimiter “%s”, %j on disk is %j', async (separator, onDisk, name) => {
    const more = `namespace inbox {\n  inbox = yes\n  separator = ${separator}\n}\n`;
    const own = await startDovecot({ [USER]: PASSWORD }, { more });
    try {
      const reports = own.maildir(USER).subfolder(onDisk);
      reports.deliver(REPORT_FORMS.bare(reportFile(1)));
      const checked = await check(accessTo(own.port, name));
      expect(checked).toMatchObject({ ok: true, messages: 1, reportLike: 1 });
      expect(checked.folders).toContain(name);
    } finally {
      await own.stop();
    }
  });
});
