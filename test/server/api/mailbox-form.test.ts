import { expect, test } from 'vitest';
import type { MailboxForm } from '../../../server/api/contract.ts';
import { checkedForm, isSameMailbox } from '../../../server/api/mailbox-form.ts';

const aForm = (change: Partial<MailboxForm> = {}): MailboxForm => ({
  user: 'me@example.org',
  password: 'correct horse',
  host: 'imap.example.org',
  port: 993,
  security: 'tls',
  folder: 'INBOX',
  ...change,
});

const plainHosts: [host: string, allowed: boolean][] = [
  ['localhost', true],
  ['LOCALHOST', true],
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['imap.example.org', false],
  ['127.0.0.1.example.org', false],
  ['127.evil.example', false],
  ['localhost.example.org', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::ffff:127.0.0.1', false],
];
test.each(plainHosts)('a password in the clear to %s: %s', (host, allowed) => {
  const checked = checkedForm(aForm({ host, security: 'plain' }));
  expect(checked.ok).toBe(allowed);
  if (!checked.ok) expect(checked.problem).toMatchObject({ status: 400, code: 'plain-not-local' });
});

test.each(['tls', 'starttls'] as const)('%s goes to any host', (security) => {
  expect(checkedForm(aForm({ security })).ok).toBe(true);
});

const refused: [words: string, change: Partial<MailboxForm>, code: string][] = [
  ['a command after the user', { user: 'me\r\nA1 DELETE INBOX' }, 'control-character'],
  ['a line end in the folder', { folder: 'INBOX\nx' }, 'control-character'],
  ['a NUL in the password', { password: 'a\u0000b' }, 'control-character'],
  ['a scheme', { host: 'imaps://imap.example.org' }, 'host'],
  ['a user in the host', { host: 'me@imap.example.org' }, 'host'],
  ['spaces for a host', { host: '   ' }, 'host'],
  ['a certificate that is none', { caPem: 'hello' }, 'certificate'],
];
test.each(refused)('%s is refused', (_, change, code) => {
  expect(checkedForm(aForm(change))).toMatchObject({ ok: false, problem: { status: 400, code } });
});

test('no refusal repeats the password', () => {
  const checked = checkedForm(aForm({ password: 'secret\n' }));
  expect(JSON.stringify(checked)).not.toContain('secret');
});

test('the host is taken in lower case and without spaces around it', () => {
  expect(checkedForm(aForm({ host: ' IMAP.Example.org ' }))).toMatchObject({
    ok: true,
    value: { host: 'imap.example.org' },
  });
});

test('a mailbox is user, host, port and folder; INBOX has no case, other folders have', () => {
  const one = aForm();
  expect(isSameMailbox(one, aForm({ host: 'IMAP.example.org', folder: 'inbox' }))).toBe(true);
  expect(isSameMailbox(one, aForm({ security: 'starttls' }))).toBe(true);
  expect(isSameMailbox(one, aForm({ port: 143 }))).toBe(false);
  expect(isSameMailbox(one, aForm({ user: 'Me@example.org' }))).toBe(false);
  expect(isSameMailbox(aForm({ folder: 'Dmarc' }), aForm({ folder: 'DMARC' }))).toBe(false);
});
