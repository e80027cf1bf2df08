import { bad, ok, type Result } from '../ingest/result.ts';
import { isLoopback } from '../ingest/loopback.ts';
import type { MailboxAddress } from './store/store.ts';

/**
 * `imaps://user@host:993/INBOX`. The user may hold an @, plain or as %40: the last @ splits.
 * `imap://` asks for STARTTLS, except to a loopback address, where it stays plain.
 */
export function decodeImapUrl(url: string): Result<MailboxAddress, string> {
  const example = 'It should look like imaps://user@imap.example.org:993/INBOX';
  const scheme = /^(imaps?):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return bad(`It must begin with imaps:// or imap://. ${example}`);
  const rest = url.slice(scheme.length + 3);
  const split = rest.lastIndexOf('@');
  if (split < 1) return bad(`It names no user. ${example}`);
  const rawUser = rest.slice(0, split);
  if (rawUser.includes(':')) {
    return bad(
      'It holds a password, which other programs could see. Take it out, and put it into ' +
        'RUADMAP_IMAP_PASSWORD_FILE or RUADMAP_IMAP_PASSWORD.',
    );
  }
  const server = /^(\[[0-9a-f:.]+\]|[^:/[\]]+)(?::([0-9]{1,5}))?(?:\/(.*))?$/i.exec(
    rest.slice(split + 1),
  );
  if (!server?.[1]) return bad(`Its server cannot be read. ${example}`);
  const host = server[1].replace(/^\[|\]$/g, '').toLowerCase();
  const port = server[2] === undefined ? (scheme === 'imaps' ? 993 : 143) : Number(server[2]);
  if (port < 1 || port > 65_535) return bad(`${port} is no port. ${example}`);
  const user = percentDecoded(rawUser);
  const folder = percentDecoded(server[3] ?? '');
  if (user === null || folder === null) return bad(`A % in it is not followed by two hex digits.`);
  const security = scheme === 'imaps' ? 'tls' : isLoopback(host) ? 'plain' : 'starttls';
  return ok({ user, host, port, security, folder: folder === '' ? 'INBOX' : folder });
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
