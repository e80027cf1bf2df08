import { faultOfChoice, isSameFolder } from '../../ingest/after-choice.ts';
import { isLoopback } from '../../ingest/loopback.ts';
import { bad, ok, type Result } from '../../ingest/result.ts';
import type { MailboxAddress } from '../store/store.ts';
import { type ApiProblem, problem } from './api-problem.ts';
import type { MailboxForm } from './contract.ts';

/** Line ends and other control characters have no place in what is sent to a mail server. */
const CONTROL = /[\u0000-\u001f\u007f]/;
const HOST_NAME = /^[\p{L}\p{M}\p{N}._:-]+$/u;

/** A form that may be used: its host in lower case, and no password in the clear over a network. */
export function checkedForm(form: MailboxForm): Result<MailboxForm, ApiProblem> {
  const host = form.host.trim().toLowerCase();
  if (!HOST_NAME.test(host)) {
    const message = 'The server should be a host name such as imap.example.org, without a scheme.';
    return bad(problem(400, 'host', message));
  }
  for (const name of ['user', 'folder', 'password'] as const) {
    if (CONTROL.test(form[name])) {
      const message = `The ${name} holds a control character, such as a line end. Type it in anew.`;
      return bad(problem(400, 'control-character', message));
    }
  }
  if (form.security === 'plain' && !isLoopback(host)) {
    const message =
      'Without encryption, the password could be read on its way. Choose TLS or STARTTLS; ' +
      'only a server on this machine may go without.';
    return bad(problem(400, 'plain-not-local', message));
  }
  if (form.caPem !== undefined && !form.caPem.includes('-----BEGIN CERTIFICATE-----')) {
    const message =
      'The certificate is not in PEM form: it begins with -----BEGIN CERTIFICATE-----.';
    return bad(problem(400, 'certificate', message));
  }
  const fault = form.after === undefined ? null : faultOfChoice(form.after, form.folder);
  return fault === null ? ok({ ...form, host }) : bad(problem(400, 'after', fault));
}

/** A mailbox is user@host:port plus folder; INBOX has no case (RFC 9051, 5.1). */
export function isSameMailbox(one: MailboxAddress, other: MailboxAddress): boolean {
  return (
    one.user === other.user &&
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    isSameFolder(one.folder, other.folder)
  );
}
