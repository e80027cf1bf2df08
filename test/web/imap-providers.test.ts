import { expect, test } from 'vitest';
import { imapServerFor, noteForHost } from '../../web/imap-providers.ts';

const addresses: [address: string, host: string][] = [
  ['someone@gmail.com', 'imap.gmail.com'],
  ['Someone@GoogleMail.com', 'imap.gmail.com'],
  ['someone@outlook.com', 'outlook.office365.com'],
  ['someone@fastmail.com', 'imap.fastmail.com'],
  ['someone@icloud.com', 'imap.mail.me.com'],
  ['someone@yahoo.com', 'imap.mail.yahoo.com'],
  ['someone@gmx.de', 'imap.gmx.net'],
  ['someone@gmx.com', 'imap.gmx.com'],
  ['someone@web.de', 'imap.web.de'],
  ['someone@mailbox.org', 'imap.mailbox.org'],
  ['someone@posteo.de', 'posteo.de'],
  ['someone@zoho.eu', 'imap.zoho.eu'],
  [' postmaster@example.org ', 'imap.example.org'],
];
test.each(addresses)('the mailbox of %s is looked for at %s', (address, host) => {
  expect(imapServerFor(address)).toEqual({ host, port: 993, security: 'tls' });
});

test.each(['', 'someone', 'someone@', 'someone@example', 'someone@example.'])(
  'nothing is guessed while the address is "%s"',
  (address) => {
    expect(imapServerFor(address)).toBeNull();
  },
);

test('Gmail asks for an app password, and Microsoft cannot be read yet', () => {
  expect(noteForHost(' IMAP.gmail.com')).toContain('app password');
  expect(noteForHost('outlook.office365.com')).toContain('does not support that yet');
  expect(noteForHost('imap.example.org')).toBeNull();
});
