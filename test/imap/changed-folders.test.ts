import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dovecot, isMissing } from '../parts.ts';
import { type Dovecot, startDovecot } from './dovecot.ts';
import { keepRead, SHORT_TIMING } from './kept-rig.ts';
import { REPORT_FORMS } from './mails.ts';
import type { Maildir } from './maildir.ts';
import { accessTo, PASSWORD, USER } from './polling.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { reportFile } from './report-files.ts';

let server: Dovecot;
let proxy: Proxy;
let folders = 0;
let folder: string;
let maildir: Maildir;

const deliver = (serial: number): string =>
  maildir.deliver(REPORT_FORMS.multipart(reportFile(serial, 7)));

/** What the user does in another mail program. */
async function elsewhere(
  work: (client: ImapFlow) => Promise<unknown>,
  { port } = server,
): Promise<void> {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port, secure: false, doSTARTTLS: false },
    ...{ auth: { user: USER, pass: PASSWORD }, logger: false },
  });
  await client.connect();
  await work(client);
  await client.logout();
}

beforeEach(() => {
  folders += 1;
  folder = `Kept${folders}`;
});

describe.skipIf(isMissing(dovecot))('a folder that is kept read', () => {
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
    proxy = await startProxy(server.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
  beforeEach(() => {
    maildir = server.maildir(USER).subfolder(folder);
    for (const serial of [1, 2, 3]) deliver(serial);
    proxy.forget();
  });

  test.each<[string, (client: ImapFlow) => Promise<unknown>]>([
    ['deleted', (client) => client.mailboxDelete(folder)],
    ['renamed', (client) => client.mailboxRename(folder, `${folder}-renamed`)],
  ])(
    'P09: and is %s is told by its name, loses nothing, and is read again once it is back',
    async (_, change) => {
      const { until, messages, states } = await keepRead(accessTo(proxy.port, folder), {
        timing: { ...SHORT_TIMING, pollSeconds: 0.5 },
      });
      await until(({ state }) => state === 'up-to-date');
      await elsewhere(change);
      const { problem } = await until(({ state }) => state === 'failed');
      expect(problem).toMatchObject({
        code: 'no-such-folder',
        message: expect.stringContaining(folder) as string,
      });
      expect(await messages()).toBe(3 * 7);
      await elsewhere((client) => client.mailboxCreate(folder));
      deliver(4);
      await until(({ state, problem: left }) => state === 'up-to-date' && left === null);
      expect(await messages()).toBe(4 * 7);
      expect(
        states.every(({ problem: each }) => each === null || each.code === 'no-such-folder'),
      ).toBe(true);
    },
  );

  test('P17: a connection that died without a word while it waited is noticed, and new mail is read', async () => {
    const { until, looks, messages } = await keepRead(accessTo(proxy.port, folder), {
      timing: { ...SHORT_TIMING, pollSeconds: 600 },
    });
    await until(({ state }) => state === 'up-to-date');
    await sleep(300);
    proxy.silence();
    deliver(4);
    await until(() => looks() === 2);
    expect(await messages()).toBe(4 * 7);
  });

  test('P17: and so is one that dies after it was silent for long', async () => {
    const { until, looks, messages } = await keepRead(accessTo(proxy.port, folder), {
      timing: { ...SHORT_TIMING, pollSeconds: 600 },
    });
    await until(({ state }) => state === 'up-to-date');
    const connections = proxy.connections();
    // A silent connection is probed after one and a half times the time of a command.
    await sleep(4000);
    expect(proxy.connections()).toBe(connections);
    deliver(4);
    await until(() => looks() === 2);
    proxy.silence();
    deliver(5);
    await until(() => looks() === 3);
    expect(await messages()).toBe(5 * 7);
  });
});

/** 2026-01-01, of the report number 0. */
const FIRST_DAY = 20_454;
const RIGHTS = 'mail_plugins = acl\nplugin {\n  acl = vfile\n}\n';

/** A server of a test's own, with one folder of three reports. */
async function withServer(
  more: string,
  work: (own: Dovecot, reports: Maildir) => Promise<void>,
): Promise<void> {
  const own = await startDovecot({ [USER]: PASSWORD }, { more });
  try {
    const reports = own.maildir(USER).subfolder('Reports');
    for (const serial of [1, 2, 3]) reports.deliver(REPORT_FORMS.multipart(reportFile(serial, 7)));
    await work(own, reports);
  } finally {
    await own.stop();
  }
}

describe.skipIf(isMissing(dovecot))('a server of another kind', () => {
  test('P09: a folder that may not be read is told, and read once it may', async () => {
    await withServer(RIGHTS, async (own, reports) => {
      reports.allow('l');
      const { until, messages } = await keepRead(accessTo(own.port, 'Reports'));
      const { problem } = await until(({ state }) => state === 'failed');
      expect(problem?.code).toBe('server-said-no');
      expect(problem?.message).toContain('Permission denied');
      reports.allow('lr');
      await until(({ state, problem: left }) => state === 'up-to-date' && left === null);
      expect(await messages()).toBe(3 * 7);
    });
  });

  test('P09: a folder that may only be read is read', async () => {
    await withServer(RIGHTS, async (own, reports) => {
      reports.allow('lr');
      const { until, messages } = await keepRead(accessTo(own.port, 'Reports'));
      await until(({ state }) => state === 'up-to-date');
      expect(await messages()).toBe(3 * 7);
    });
  });

  test.each([
    'IMAP4rev1',
    'IMAP4rev1 LITERAL-',
    'IMAP4rev1 IDLE LITERAL+ CONDSTORE QRESYNC ESEARCH',
  ])('P15: that offers no more than %s is kept read', async (capability) => {
    await withServer(`imap_capability = ${capability}\n`, async (own, reports) => {
      const { until, messages } = await keepRead(accessTo(own.port, 'Reports'), {
        timing: { ...SHORT_TIMING, pollSeconds: 0.5 },
      });
      await until(({ state }) => state === 'up-to-date');
      reports.deliver(REPORT_FORMS.bare(reportFile(4, 7)));
      await until(({ problem, state }) => problem === null && state === 'reading');
      await until(({ state }) => state === 'up-to-date');
      expect(await messages()).toBe(4 * 7);
    });
  });

  test.each([-10, 10])(
    'P21: whose clock is off by %i years is read by the days of the reports',
    async (years) => {
      await withServer('', async (own, reports) => {
        const received = new Date(Date.UTC(2026 + years, 0, 5));
        reports.dated(received);
        await elsewhere(async (client) => {
          await client.mailboxOpen('Reports');
          const told = await client.fetchOne('1', { internalDate: true });
          expect(told && told.internalDate).toEqual(received);
        }, own);
        const { until, store } = await keepRead(accessTo(own.port, 'Reports'));
        await until(({ state }) => state === 'up-to-date');
        const days = store.query(
          'SELECT min(first_day) AS first, max(last_day) AS last FROM report',
        );
        expect(days).toEqual([{ first: FIRST_DAY + 1, last: FIRST_DAY + 3 }]);
      });
    },
  );
});
