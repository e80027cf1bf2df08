import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../imap/dovecot.ts';
import { freePort } from '../imap/free-port.ts';
import { dovecot, isMissing } from '../parts.ts';
import { ruadmap, startRuadmap, temporaryDir } from '../program.ts';

const USER = 'reports@example.com';
const PASSWORD = 'a password of nobody';
const MOST_MS = 20_000;

let work: ReturnType<typeof temporaryDir>;
beforeEach(() => {
  work = temporaryDir();
});
afterEach(() => work.remove());

interface Finding {
  part: string;
  seen: string;
  todo: string | null;
}

/** What `ruadmap doctor` finds to do. */
async function toDo(
  env: Record<string, string>,
  ...more: string[]
): Promise<{ status: number; findings: Finding[] }> {
  const args = ['doctor', '--data', path.join(work.dir, 'data'), '--port', '0', '--json', ...more];
  const { status, stdout } = await ruadmap(args, env);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { status, findings: findings.filter(({ todo }) => todo !== null) };
}

describe.skipIf(isMissing(dovecot))('C01: a mailbox that is set wrong', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot({ [USER]: PASSWORD });
  });
  afterAll(() => server.stop());

  const url = (change: {
    scheme?: string;
    host?: string;
    port?: number;
    folder?: string;
  }): string => {
    const { scheme = 'imap', host = '127.0.0.1', port = server.port, folder = 'INBOX' } = change;
    return `${scheme}://${USER}@${host}:${port}/${folder}`;
  };
  const cases: [
    about: string,
    env: () => Promise<Record<string, string>>,
    seen: RegExp,
    setBy: RegExp,
  ][] = [
    [
      'another password',
      async () => ({ RUADMAP_IMAP_PASSWORD: 'open sesame' }),
      /did not accept the user name and password/,
      /RUADMAP_IMAP_PASSWORD_FILE/,
    ],
    [
      'a host that is not there',
      async () => ({ RUADMAP_IMAP_URL: url({ scheme: 'imaps', host: 'mail.invalid' }) }),
      /no address for mail\.invalid/,
      /RUADMAP_IMAP_URL/,
    ],
    [
      'a port on which nobody listens',
      async () => ({ RUADMAP_IMAP_URL: url({ port: await freePort() }) }),
      /Nothing accepts connections/,
      /RUADMAP_IMAP_URL/,
    ],
    [
      'TLS where it begins in plain text',
      async () => ({ RUADMAP_IMAP_URL: url({ scheme: 'imaps' }) }),
      /something that is not TLS/,
      /RUADMAP_IMAP_URL/,
    ],
    [
      'plain text where it begins with TLS',
      async () => ({ RUADMAP_IMAP_URL: url({ port: server.tlsPort }) }),
      /./,
      /RUADMAP_IMAP_URL/,
    ],
    [
      'no authority for its certificate',
      async () => ({ RUADMAP_IMAP_URL: url({ scheme: 'imaps', port: server.tlsPort }) }),
      /certificate of 127\.0\.0\.1 is self-signed/,
      /RUADMAP_IMAP_CA_FILE/,
    ],
    [
      'a folder that is not there',
      async () => ({ RUADMAP_IMAP_URL: url({ folder: 'Nowhere' }) }),
      /no folder “Nowhere”/,
      /RUADMAP_IMAP_URL/,
    ],
    [
      'a port that accepts and says nothing',
      silentPort,
      /did not answer in time/,
      /RUADMAP_IMAP_URL/,
    ],
  ];
  async function silentPort(): Promise<Record<string, string>> {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    const port = await new Promise<number>((resolve) => {
      silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port));
    });
    silent.unref();
    return { RUADMAP_IMAP_URL: url({ port }) };
  }

  test.concurrent.each(cases)(
    'by %s is told by doctor, with the setting, in time',
    async (_, env, seen, setBy) => {
      const own = temporaryDir();
      const args = ['doctor', '--data', own.dir, '--port', '0', '--json'];
      const given = {
        ...{ RUADMAP_IMAP_URL: url({}), RUADMAP_IMAP_PASSWORD: PASSWORD },
        ...(await env()),
      };
      const startedMs = performance.now();
      await ruadmap(args, given);
      const withoutMs = performance.now() - startedMs;
      const { status, stdout, stderr } = await ruadmap([...args, '--connect'], given);
      own.remove();
      // What the connection takes, apart from how busy this machine is.
      expect(performance.now() - startedMs - 2 * withoutMs).toBeLessThan(MOST_MS);
      expect({ status, stderr }).toEqual({ status: 78, stderr: '' });
      const { findings } = JSON.parse(stdout) as { findings: Finding[] };
      const [finding, ...others] = findings.filter(({ todo }) => todo !== null);
      expect(others).toEqual([]);
      expect(finding?.part).toContain(`mailbox ${USER}`);
      expect(finding?.seen).toMatch(seen);
      expect(finding?.todo).toMatch(setBy);
    },
  );
});

describe('C02: a setting that is hardly meant', () => {
  const mailbox = { RUADMAP_IMAP_URL: 'imap://u@127.0.0.1:9/INBOX' };
  const passwordFile = (text: string, mode = 0o600): string => {
    const file = path.join(work.dir, 'password');
    writeFileSync(file, text, { mode });
    chmodSync(file, mode);
    return file;
  };

  test('a variable that is none is told by doctor, and by serve as it starts', async () => {
    const env = { RUADMAP_POLL_SECOND: '60' };
    const { status, findings } = await toDo(env);
    expect(status).toBe(78);
    expect(findings).toMatchObject([
      { part: 'settings', seen: expect.stringContaining('RUADMAP_POLL_SECOND ') as string },
    ]);
    const program = await startRuadmap(['serve', '--data', path.join(work.dir, 'data')], env);
    expect(await program.stop()).toBe(0);
    expect(program.errors()).toContain('RUADMAP_POLL_SECOND is no setting');
  });

  test('a flag that is none ends the command', async () => {
    const { status, stderr } = await ruadmap(['serve', '--poll-second', '60']);
    expect(status).toBe(64);
    expect(stderr).toContain('--poll-second');
  });

  test('a password that others can read is told with the command that closes it', async () => {
    const file = passwordFile('secret\n', 0o644);
    const { findings } = await toDo({ ...mailbox, RUADMAP_IMAP_PASSWORD_FILE: file });
    expect(findings).toMatchObject([
      { seen: expect.stringContaining(`chmod 600 ${file}`) as string },
    ]);
  });

  test.each<[string, string, RegExp]>([
    ['is empty', '', /is empty/],
    ['holds a line end alone', '\r\n', /is empty/],
    ['holds two lines', 'one\ntwo\n', /more than one line/],
  ])('a password file that %s is named', async (_, text, words) => {
    const file = passwordFile(text);
    const { status, stderr } = await ruadmap(['serve', '--data', path.join(work.dir, 'data')], {
      ...mailbox,
      RUADMAP_IMAP_PASSWORD_FILE: file,
    });
    expect(status).toBe(78);
    expect(stderr).toMatch(/^ruadmap: RUADMAP_IMAP_PASSWORD_FILE: /);
    expect(stderr).toMatch(words);
  });

  test('a password file that is a folder is named', async () => {
    const folder = path.join(work.dir, 'folder');
    mkdirSync(folder);
    const { status, stderr } = await ruadmap(['poll'], {
      ...mailbox,
      RUADMAP_IMAP_PASSWORD_FILE: folder,
    });
    expect(status).toBe(78);
    expect(stderr).toMatch(/^ruadmap: RUADMAP_IMAP_PASSWORD_FILE: .*EISDIR/);
  });

  test.each(['60\t', '\ufeff60', ''])(
    'a number written as %j is refused by its name, or is none',
    async (value) => {
      const { status, findings } = await toDo({ RUADMAP_POLL_SECONDS: value });
      expect(status).toBe(value === '' ? 0 : 78);
      if (value !== '') expect(findings[0]?.seen).toContain('RUADMAP_POLL_SECONDS');
    },
  );
});
