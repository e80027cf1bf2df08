/** Why a mailbox cannot be read. Closed list; each has its advice and a test. */
export type ConnectionProblemCode =
  | 'wrong-password'
  | 'login-disabled'
  | 'host-not-found'
  | 'connection-refused'
  | 'timed-out'
  | 'certificate-untrusted'
  | 'starttls-missing'
  | 'no-such-folder'
  | 'not-imap'
  | 'too-much-sent'
  | 'throttled'
  | 'server-said-no'
  | 'lost-connection';

export interface ConnectionProblem {
  code: ConnectionProblemCode;
  /** What happened, with the server's own words where it had any. */
  message: string;
  /** What to do about it. */
  advice: string;
  /** Seconds that the server asked us to wait; null where it did not. */
  waitSeconds: number | null;
}

/** What is known of a failure, whatever raised it: the fields that the IMAP client and Node set. */
export interface ConnectionFailure {
  message: string;
  code: string;
  /** The text of the server's NO or BAD, '' without one. */
  responseText: string;
  responseStatus: string;
  /** What stands in brackets before the text (RFC 5530), as UNAVAILABLE; '' without one. */
  responseCode: string;
  authenticationFailed: boolean;
  mailboxMissing: boolean;
  tlsFailed: boolean;
  throttleMilliseconds: number | null;
}

/** Where the failure happened: names for the message, the rest for the advice. */
export interface ConnectionPlace {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'plain';
  folder: string;
}

const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by an authority that this machine does not know',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_REVOKED: 'was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};

const CODES: Readonly<Record<string, ConnectionProblemCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_NONAME: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  CONNECT_TIMEOUT: 'timed-out',
  GREETING_TIMEOUT: 'timed-out',
  UPGRADE_TIMEOUT: 'timed-out',
  ETIMEDOUT: 'timed-out',
  ETIMEOUT: 'timed-out',
  DEADLINE: 'timed-out',
  ETHROTTLE: 'throttled',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-imap',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-imap',
  EPROTO: 'not-imap',
  InvalidResponse: 'not-imap',
  LiteralTooLarge: 'too-much-sent',
  LineTooLarge: 'too-much-sent',
  ResponseTooLarge: 'too-much-sent',
  TooManyTokens: 'too-much-sent',
  Surplus: 'too-much-sent',
};

/** What OpenSSL says to an answer in plain text helps nobody. */
const NO_TLS = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'EPROTO',
]);

const THROTTLED = /throttl|too many|rate limit|try again later/i;
const THROTTLED_CODES = new Set(['LIMIT', 'UNAVAILABLE', 'INUSE']);

/** Sorts a failure into the closed list. */
export function classifyFailure(
  failure: ConnectionFailure,
  place: ConnectionPlace,
): ConnectionProblem {
  const code = codeOf(failure);
  const words = NO_TLS.has(failure.code)
    ? 'it answered something that is not TLS.'
    : failure.responseText || failure.message;
  return {
    code,
    message: messageOf(code, failure, place, words),
    advice: adviceOf(code, failure, place),
    waitSeconds:
      failure.throttleMilliseconds === null ? null : Math.ceil(failure.throttleMilliseconds / 1000),
  };
}

function codeOf(failure: ConnectionFailure): ConnectionProblemCode {
  if (failure.code in CERTIFICATE_FAULTS) return 'certificate-untrusted';
  const known = CODES[failure.code];
  if (known !== undefined) return known;
  if (THROTTLED.test(failure.responseText)) return 'throttled';
  if (THROTTLED_CODES.has(failure.responseCode.toUpperCase())) return 'throttled';
  if (failure.authenticationFailed) {
    // The client's own words: it read LOGINDISABLED, and asked for nothing.
    return failure.message === 'Login is disabled' ? 'login-disabled' : 'wrong-password';
  }
  if (failure.mailboxMissing || failure.responseCode.toUpperCase() === 'NONEXISTENT') {
    return 'no-such-folder';
  }
  if (failure.tlsFailed) return 'starttls-missing';
  if (failure.code.startsWith('ParserError')) return 'not-imap';
  return failure.responseStatus === '' ? 'lost-connection' : 'server-said-no';
}

function messageOf(
  code: ConnectionProblemCode,
  failure: ConnectionFailure,
  { host, port, folder }: ConnectionPlace,
  words: string,
): string {
  const server = `${host}:${port}`;
  switch (code) {
    case 'wrong-password':
      return `${host} did not accept the user name and password: ${words}`;
    case 'login-disabled':
      return `${server} lets nobody log in over this kind of connection. No password was sent.`;
    case 'host-not-found':
      return `There is no address for ${host}.`;
    case 'connection-refused':
      return `Nothing accepts connections at ${server}: ${words}`;
    case 'timed-out':
      return `${server} did not answer in time.`;
    case 'certificate-untrusted':
      return `The certificate of ${host} ${CERTIFICATE_FAULTS[failure.code] ?? 'is not trusted'}. No password was sent.`;
    case 'starttls-missing':
      return `${server} does not offer STARTTLS. No password was sent.`;
    case 'no-such-folder':
      return `There is no folder “${folder}”.`;
    case 'not-imap':
      return `What answers at ${server} does not speak IMAP in the expected way: ${words}`;
    case 'too-much-sent':
      return `${server} sent more than a mail server has reason to, and was left: ${words}.`;
    case 'throttled':
      return `${host} asks us to slow down: ${words}`;
    case 'server-said-no':
      return `${host} said no: ${words}`;
    case 'lost-connection':
      return `The connection to ${server} was lost: ${words}`;
  }
}

function adviceOf(
  code: ConnectionProblemCode,
  failure: ConnectionFailure,
  place: ConnectionPlace,
): string {
  switch (code) {
    case 'wrong-password':
      return passwordAdvice(place.host);
    case 'login-disabled':
      return 'Choose TLS with port 993, or STARTTLS. If it is that already, whoever runs the server can tell how to log in.';
    case 'host-not-found':
      return 'Check the spelling of the server, and that this machine can look up names.';
    case 'connection-refused':
      return 'Check server and port: 993 is usual for TLS, 143 for STARTTLS. A firewall may stand between.';
    case 'timed-out':
      return `Check server and port, and that they belong to “${place.security}”. If they are right, it is tried again by itself.`;
    case 'certificate-untrusted':
      return certificateAdvice(failure.code, place.host);
    case 'starttls-missing':
      return 'Choose TLS with port 993. If this server always offered STARTTLS before, someone may be tampering with the connection.';
    case 'no-such-folder':
      return 'Choose one of the folders that are there; names are case-sensitive.';
    case 'not-imap':
      return place.security === 'tls'
        ? 'Port 993 expects TLS from the start; for port 143 choose STARTTLS.'
        : 'Port 143 expects STARTTLS; for port 993 choose TLS. POP3 and SMTP ports do not work.';
    case 'too-much-sent':
      return 'It is tried again by itself. If it stays so, whoever runs the mail server should look at it: nothing that it sent is counted.';
    case 'throttled':
      return 'Nothing needs to be done: it is tried again later, and continues where it stopped.';
    case 'server-said-no':
      return 'The words are the server’s. Whoever runs it can tell what they mean.';
    case 'lost-connection':
      return 'Nothing needs to be done: it is tried again by itself, and continues where it stopped.';
  }
}

function passwordAdvice(host: string): string {
  if (/(?:^|\.)(?:gmail|googlemail)\.com$/i.test(host)) {
    return 'Google wants an app password here: turn on 2-step verification, then create one at myaccount.google.com/apppasswords.';
  }
  if (/(?:^|\.)(?:outlook|office365|hotmail|live)\.com$/i.test(host)) {
    return 'Microsoft no longer takes passwords for IMAP: it needs OAuth2, which is not supported yet. Forward the reports to a mailbox elsewhere for now.';
  }
  if (/(?:^|\.)(?:yahoo|aol|icloud|me)\.com$/i.test(host)) {
    return 'This provider wants an app password, made in the security settings of the account.';
  }
  return 'Check both. Some providers want the whole address as user name, or an app password.';
}

function certificateAdvice(code: string, host: string): string {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return 'Renew it on the server, and check the clock of this machine.';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `Use the name that the certificate is for, or have ${host} added to it.`;
  }
  return 'If it is your own server, add the certificate of its authority (PEM) to this mailbox.';
}
