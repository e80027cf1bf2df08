/** Where the mailbox of an address is likely to be; always a guess that the user may change. */
export interface ImapServer {
  host: string;
  port: number;
  security: 'tls' | 'starttls';
}

const PROVIDERS: readonly (readonly [host: string, domains: readonly string[]])[] = [
  ['imap.gmail.com', ['gmail.com', 'googlemail.com']],
  ['outlook.office365.com', ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'office365.com']],
  ['imap.fastmail.com', ['fastmail.com', 'fastmail.fm', 'fastmail.org', 'messagingengine.com']],
  ['imap.mail.me.com', ['icloud.com', 'me.com', 'mac.com']],
  ['imap.mail.yahoo.com', ['yahoo.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'ymail.com']],
  ['imap.aol.com', ['aol.com']],
  ['imap.gmx.com', ['gmx.com', 'gmx.us', 'gmx.co.uk']],
  ['imap.gmx.net', ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch']],
  ['imap.web.de', ['web.de']],
  ['imap.mailbox.org', ['mailbox.org']],
  ['posteo.de', ['posteo.de', 'posteo.net', 'posteo.org', 'posteo.eu']],
  ['imap.zoho.com', ['zoho.com', 'zohomail.com']],
  ['imap.zoho.eu', ['zoho.eu', 'zohomail.eu']],
  ['secureimap.t-online.de', ['t-online.de']],
  ['imap.mail.ru', ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru']],
  ['imap.yandex.com', ['yandex.com', 'yandex.ru', 'ya.ru']],
  ['imap.migadu.com', ['migadu.com']],
  ['mail.gandi.net', ['gandi.net']],
  ['imap.kolabnow.com', ['kolabnow.com']],
];

/** Hosts worth offering, most used first. */
export const KNOWN_HOSTS: readonly string[] = PROVIDERS.map(([host]) => host);

/** The server for an address, or null while the address has no complete domain. */
export function imapServerFor(address: string): ImapServer | null {
  const domain = /@([^@\s]+\.[^@\s.]+)$/.exec(address.trim())?.[1]?.toLowerCase();
  if (domain === undefined) return null;
  const known = PROVIDERS.find(([, domains]) => domains.includes(domain));
  return { host: known?.[0] ?? `imap.${domain}`, port: 993, security: 'tls' };
}

/** What someone needs to know before signing in at this server; null where nothing is special. */
export function noteForHost(host: string): string | null {
  switch (host.trim().toLowerCase()) {
    case 'imap.gmail.com':
      return 'Google wants an app password here: turn on 2-step verification, then make one at myaccount.google.com/apppasswords. The usual password is refused.';
    case 'outlook.office365.com':
      return 'Microsoft accepts only OAuth2 for IMAP, and Ruadmap does not support that yet. Forward the reports to another mailbox, or read them as files.';
    case 'imap.mail.me.com':
      return 'Apple wants an app-specific password here; make one at account.apple.com.';
    case 'imap.mail.yahoo.com':
    case 'imap.aol.com':
      return 'This provider wants an app password; make one in the account’s security settings.';
    case 'imap.fastmail.com':
      return 'Fastmail wants an app password here; make one under Settings, Privacy & Security.';
    case 'imap.gmx.net':
    case 'imap.gmx.com':
    case 'imap.web.de':
      return 'IMAP is off at first with this provider; switch it on in the mailbox’s settings.';
    default:
      return null;
  }
}
