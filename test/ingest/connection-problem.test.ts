import { describe, expect, test } from 'vitest';
import { classifyFailure, type ConnectionFailure } from '../../ingest/connection-problem.ts';

const FAILURE: ConnectionFailure = {
  message: 'Command failed',
  code: '',
  responseText: '',
  responseStatus: '',
  responseCode: '',
  authenticationFailed: false,
  mailboxMissing: false,
  tlsFailed: false,
  throttleMilliseconds: null,
};

const PLACE = { host: 'imap.example.com', port: 993, security: 'tls', folder: 'Reports' } as const;

const classify = (failure: Partial<ConnectionFailure>, host: string = PLACE.host) =>
  classifyFailure({ ...FAILURE, ...failure }, { ...PLACE, host });

describe('a failure is sorted into the closed list', () => {
  test.each<[string, Partial<ConnectionFailure>]>([
    ['wrong-password', { authenticationFailed: true, responseStatus: 'NO', responseText: 'no' }],
    ['login-disabled', { authenticationFailed: true, message: 'Login is disabled' }],
    ['host-not-found', { code: 'ENOTFOUND' }],
    ['host-not-found', { code: 'EAI_AGAIN' }],
    ['connection-refused', { code: 'ECONNREFUSED' }],
    ['timed-out', { code: 'GREETING_TIMEOUT' }],
    ['timed-out', { code: 'DEADLINE' }],
    ['certificate-untrusted', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['certificate-untrusted', { code: 'CERT_HAS_EXPIRED' }],
    ['certificate-untrusted', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['starttls-missing', { tlsFailed: true }],
    ['no-such-folder', { mailboxMissing: true, responseStatus: 'NO' }],
    ['no-such-folder', { responseCode: 'NONEXISTENT', responseStatus: 'NO' }],
    ['not-imap', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }],
    ['not-imap', { code: 'ParserError4' }],
    ['too-much-sent', { code: 'LiteralTooLarge' }],
    ['too-much-sent', { code: 'LineTooLarge' }],
    ['too-much-sent', { code: 'Surplus' }],
    ['throttled', { code: 'ETHROTTLE', responseStatus: 'BAD' }],
    ['throttled', { responseText: 'Too many simultaneous connections', responseStatus: 'NO' }],
    ['throttled', { authenticationFailed: true, responseCode: 'UNAVAILABLE' }],
    ['throttled', { responseCode: 'INUSE', responseStatus: 'NO' }],
    ['server-said-no', { responseText: 'Permission denied', responseStatus: 'NO' }],
    ['lost-connection', { code: 'ECONNRESET' }],
    ['lost-connection', { code: 'NoConnection' }],
  ])('%s: %j', (code, failure) => {
    expect(classify(failure).code).toBe(code);
  });

  test('the words of the server are passed on', () => {
    const problem = classify({ responseText: 'Mailbox is on holiday', responseStatus: 'NO' });
    expect(problem.message).toContain('Mailbox is on holiday');
  });

  test('the server is waited for as long as it asks', () => {
    expect(classify({ code: 'ETHROTTLE', throttleMilliseconds: 90_500 }).waitSeconds).toBe(91);
    expect(classify({ code: 'ETHROTTLE' }).waitSeconds).toBeNull();
  });
});

describe('the advice fits', () => {
  test.each<[string, RegExp]>([
    ['imap.gmail.com', /app password/],
    ['outlook.office365.com', /OAuth2, which is not supported yet/],
    ['imap-mail.outlook.com', /OAuth2, which is not supported yet/],
    ['imap.mail.yahoo.com', /app password/],
    ['mail.example.com', /whole address/],
    ['notgmail.company.example', /whole address/],
  ])('a refused password at %s', (host, words) => {
    expect(classify({ authenticationFailed: true }, host).advice).toMatch(words);
  });

  test.each<[string, RegExp, RegExp]>([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /self-signed/, /PEM/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /does not know/, /PEM/],
    ['CERT_HAS_EXPIRED', /has expired/, /Renew/],
    ['CERT_NOT_YET_VALID', /not valid yet/, /clock/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another name/, /name that the certificate is for/],
  ])('a certificate with %s', (code, message, advice) => {
    const problem = classify({ code });
    expect(problem.message).toMatch(message);
    expect(problem.message).toContain('No password was sent.');
    expect(problem.advice).toMatch(advice);
  });
});
