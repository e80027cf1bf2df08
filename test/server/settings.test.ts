import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../ingest/loopback.ts';
import { decodeImapUrl } from '../../server/imap-url.ts';
import { settingWarnings } from '../../server/setting-warnings.ts';
import { decodeSettings } from '../../server/settings.ts';

const noFiles = (path: string): string => {
  throw new Error(`ENOENT: ${path}`);
};

describe('the address of the mailbox', () => {
  const cases: [
    url: string,
    user: string,
    host: string,
    port: number,
    security: string,
    folder: string,
  ][] = [
    ['imaps://me@imap.example.org', 'me', 'imap.example.org', 993, 'tls', 'INBOX'],
    [
      'imaps://me@example.org@imap.example.org:1993/DMARC',
      'me@example.org',
      'imap.example.org',
      1993,
      'tls',
      'DMARC',
    ],
    [
      'imaps://me%40example.org@imap.example.org/a/b%20c',
      'me@example.org',
      'imap.example.org',
      993,
      'tls',
      'a/b c',
    ],
    ['imaps://me@IMAP.Example.org/%C3%84rger', 'me', 'imap.example.org', 993, 'tls', 'Ärger'],
    ['imap://me@imap.example.org', 'me', 'imap.example.org', 143, 'starttls', 'INBOX'],
    ['imap://me@127.0.0.1:1143', 'me', '127.0.0.1', 1143, 'plain', 'INBOX'],
    ['imap://me@localhost:1143/', 'me', 'localhost', 1143, 'plain', 'INBOX'],
    ['imap://me@[::1]:1143', 'me', '::1', 1143, 'plain', 'INBOX'],
    ['imap://me@127.0.0.1.example.org', 'me', '127.0.0.1.example.org', 143, 'starttls', 'INBOX'],
  ];
  test.each(cases)('%s', (url, user, host, port, security, folder) => {
    expect(decodeImapUrl(url)).toEqual({ ok: true, value: { user, host, port, security, folder } });
  });

  test.each([
    ['a password in it', 'imaps://me:secret@imap.example.org', /password/],
    ['another scheme', 'pop3://me@example.org', /imaps:\/\//],
    ['no user', 'imaps://imap.example.org', /user/],
    ['port 0', 'imaps://me@imap.example.org:0', /port/],
    ['port 70000', 'imaps://me@imap.example.org:70000', /port/],
    ['a half escape', 'imaps://me%4@imap.example.org', /%/],
    ['an empty server', 'imaps://me@', /server/],
  ])('%s is refused in words', (_what, url, words) => {
    const result = decodeImapUrl(url);
    expect(result.ok ? 'accepted' : result.problem).toMatch(words);
  });

  test('a refused password is not repeated in the message', () => {
    const result = decodeImapUrl('imaps://me:hunter2@imap.example.org');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('settings', () => {
  test('nothing set gives the documented defaults and no mailbox', () => {
    expect(decodeSettings({}, noFiles)).toEqual({
      ok: true,
      value: {
        dataDir: './data',
        host: '127.0.0.1',
        port: 7489,
        mailbox: null,
        pollSeconds: 600,
        keep: { xml: 730, refused: 180, otherMail: 90 },
        keyFile: null,
        resolver: 'system',
        logLevel: 'warn',
      },
    });
  });

  test.each(['system', 'off', '192.0.2.53', '192.0.2.53:5353', '[2001:db8::53]:53'])(
    'the resolver may be %s',
    (resolver) => {
      const result = decodeSettings({ resolver }, noFiles);
      expect(result.ok && result.value.resolver).toBe(resolver);
    },
  );

  test.each(['dns.example.org', '192.0.2.53:99999', 'on'])(
    'the resolver may not be %s: a name cannot be looked up before there is one',
    (resolver) => {
      const result = decodeSettings({ resolver }, noFiles);
      expect(result.ok ? null : result.problem[0]?.variable).toBe('RUADMAP_RESOLVER');
    },
  );

  test('a password file may end in a line break, which is not part of it', () => {
    const result = decodeSettings(
      { imapUrl: 'imaps://me@imap.example.org', imapPasswordFile: 'pw' },
      () => ' secret \n',
    );
    expect(result.ok && result.value.mailbox?.password).toBe(' secret ');
  });

  test('C02: a password file may begin with the mark of a text file, which is not part of it', () => {
    const result = decodeSettings(
      { imapUrl: 'imaps://me@imap.example.org', imapPasswordFile: 'pw' },
      () => '\ufeffse\tcret\r\n',
    );
    expect(result.ok && result.value.mailbox?.password).toBe('se\tcret');
  });

  test('C02: secrets of a container are open to all in it, and no reason for a warning', () => {
    const warnings = (file: string) => settingWarnings({ imapPasswordFile: file }, [], () => 0o444);
    expect(warnings('/run/secrets/password')).toEqual([]);
    expect(warnings('/etc/password')).toHaveLength(1);
  });

  test.each([
    ['host', '0.0.0.0', 'RUADMAP_HOST', /SSH tunnel/],
    ['host', '192.0.2.1', 'RUADMAP_HOST', /no passwords yet/],
    ['port', '70000', 'RUADMAP_PORT', /0 to 65535/],
    ['port', '1e3', 'RUADMAP_PORT', /whole number/],
    ['pollSeconds', '59', 'RUADMAP_POLL_SECONDS', /60/],
    ['logLevel', 'loud', 'RUADMAP_LOG_LEVEL', /none of/],
    ['imapUrl', 'nonsense', 'RUADMAP_IMAP_URL', /imaps/],
  ] as const)('%s %s is named with what to do', (key, value, variable, words) => {
    const result = decodeSettings({ [key]: value }, noFiles);
    expect(result).toMatchObject({ ok: false, problem: [{ variable }] });
    expect(result.ok ? '' : result.problem[0]?.message).toMatch(words);
  });

  const withAfter = (imapAfter: string) =>
    decodeSettings(
      { imapUrl: 'imaps://me@imap.example.org', imapPassword: 'secret', imapAfter },
      noFiles,
    );

  test.each([
    ['leave', { kind: 'leave' }],
    ['mark', { kind: 'mark' }],
    ['move:Archive/DMARC', { kind: 'move', folder: 'Archive/DMARC', create: false }],
    ['move-create:a:b', { kind: 'move', folder: 'a:b', create: true }],
    ['delete:30', { kind: 'delete', days: 30 }],
  ])('stored reports: %s', (text, after) => {
    const result = withAfter(text);
    expect(result.ok && result.value.mailbox?.after).toEqual(after);
  });

  test.each([
    ['remove', /none of leave, mark/],
    ['move:', /none of leave, mark/],
    ['move:inbox', /already/],
    ['delete:0', /1 to 3650/],
    ['delete:soon', /no number/],
    ['move:a\nb', /control character/],
  ])('stored reports: %j is refused in words', (text, words) => {
    const result = withAfter(text);
    expect(result).toMatchObject({ ok: false, problem: [{ variable: 'RUADMAP_IMAP_AFTER' }] });
    expect(result.ok ? '' : result.problem[0]?.message).toMatch(words);
  });

  test('a mailbox without a password says where to put it', () => {
    const result = decodeSettings({ imapUrl: 'imaps://me@imap.example.org' }, noFiles);
    expect(result.ok ? '' : result.problem[0]?.message).toContain('RUADMAP_IMAP_PASSWORD_FILE');
  });

  test('an unreadable password file is named', () => {
    const result = decodeSettings(
      { imapUrl: 'imaps://me@imap.example.org', imapPasswordFile: '/none' },
      noFiles,
    );
    expect(result).toMatchObject({
      ok: false,
      problem: [{ variable: 'RUADMAP_IMAP_PASSWORD_FILE' }],
    });
  });

  test('every wrong setting is told at once', () => {
    const result = decodeSettings({ port: 'x', host: '10.0.0.1', pollSeconds: '1' }, noFiles);
    expect(result.ok ? 0 : result.problem.length).toBe(3);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['127.example.org', false],
  ['128.0.0.1', false],
  ['localhost.example.org', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

describe('for how long things are kept', () => {
  const mailbox = { imapUrl: 'imaps://me@imap.example.org', imapPassword: 'secret' };

  test('is two years, half a year and three months, unless said otherwise', () => {
    const decoded = decodeSettings({ keepLedger: 'forever' }, noFiles);
    const keep = { xml: 730, refused: 180, otherMail: null };
    expect(decoded).toMatchObject({ ok: true, value: { keep } });
    expect(decodeSettings({}, noFiles)).toMatchObject({ value: { keep: { otherMail: 90 } } });
  });

  test('must be days, and the setting that is not is named', () => {
    const decoded = decodeSettings({ keepXml: '2 years' }, noFiles);
    expect(decoded).toMatchObject({ problem: [{ variable: 'RUADMAP_KEEP_XML_DAYS' }] });
  });

  test('must reach beyond the day on which mail is deleted', () => {
    const after = (imapAfter: string, keepXml: string) =>
      decodeSettings({ ...mailbox, imapAfter, keepXml }, noFiles).ok;
    expect(after('delete:30', '30')).toBe(false);
    expect(after('delete:30', '31')).toBe(true);
    expect(after('delete:30', 'forever')).toBe(true);
    expect(after('leave', '1')).toBe(true);
  });
});
