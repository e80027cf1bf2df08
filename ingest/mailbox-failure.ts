import type { ConnectionFailure } from './connection-problem.ts';
import { cutTo } from './text.ts';

/** Codes that only say that the connection is gone: what ended it is in the error event. */
const GONE = new Set(['NoConnection', 'EConnectionClosed', '']);

/** Of what a server says, so much is told. */
const MOST_CHARACTERS = 500;

/**
 * Reads what an error of the IMAP client, of TLS or of a socket says.
 * @param lastError what the connection's error event carried, null without one.
 * @param byeReason the text of the server's BYE, '' without one.
 * @param hide takes out what nobody may read.
 */
export function failureOf(
  error: unknown,
  lastError: unknown,
  byeReason: string,
  hide: (words: string) => string,
): ConnectionFailure {
  const text = (value: unknown): string => cutTo(hide(plain(value)), MOST_CHARACTERS);
  const fields = fieldsOf(error);
  const isGone = GONE.has(plain(fields['code'])) && fields['responseStatus'] === undefined;
  const cause = isGone && lastError !== null ? fieldsOf(lastError) : fields;
  const inner = fieldsOf(cause['_err']);
  return {
    message: text(cause['message']) || text(inner['message']),
    code: plain(cause['code']) || plain(inner['code']),
    responseText: text(fields['responseText']) || text(byeReason),
    responseStatus: plain(fields['responseStatus']),
    responseCode: plain(fields['serverResponseCode']),
    authenticationFailed: fields['authenticationFailed'] === true,
    mailboxMissing: fields['mailboxMissing'] === true,
    tlsFailed: cause['tlsFailed'] === true,
    throttleMilliseconds:
      typeof fields['throttleReset'] === 'number' ? fields['throttleReset'] : null,
  };
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldsOf = (error: unknown): Record<string, unknown> =>
  typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
