import type { AfterChoice } from '../../ingest/after-choice.ts';
import type { Limits } from '../../ingest/limits.ts';
import { testMailbox } from '../../ingest/mailbox-check.ts';
import { defaultMailboxTimes, type MailboxAccess } from '../../ingest/mailbox-client.ts';
import { openResolver } from '../dns/resolver.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** Logs in to one mailbox and looks, without changing anything. */
export async function lookAtMailbox(
  access: MailboxAccess,
  choice: AfterChoice,
  limits: Limits,
  origin: 'environment' | 'stored',
): Promise<Finding> {
  const { user, host, folder } = access.address;
  const part = `mailbox ${user} at ${host}, ${folder}`;
  const setting = { choice, movedFrom: [] };
  const check = await testMailbox(access, limits, defaultMailboxTimes, setting);
  if (!check.ok) {
    const setBy = origin === 'stored' ? '' : ` It is set by ${settingOf(check.code)}.`;
    return wrong(part, check.message, check.advice + setBy);
  }
  const { messages, lookedAt, reportLike, afterProblem } = check;
  if (afterProblem !== null) return wrong(part, afterProblem.message, afterProblem.advice);
  return fine(
    part,
    `${messages} messages; of the newest ${lookedAt}, ${reportLike} look like reports.`,
  );
}

/** Where that which does not fit was said. */
function settingOf(code: string): string {
  if (code === 'certificate-untrusted') return 'RUADMAP_IMAP_CA_FILE';
  if (code !== 'wrong-password') return 'RUADMAP_IMAP_URL';
  return 'RUADMAP_IMAP_URL, the user, and RUADMAP_IMAP_PASSWORD_FILE or RUADMAP_IMAP_PASSWORD';
}

/** Asks the name server one question, about a name reserved for examples (RFC 2606); any answer will do. */
export async function lookAtResolver(setting: string): Promise<Finding> {
  if (setting === 'off') return fine('name server', 'DNS is not asked (RUADMAP_RESOLVER=off).');
  const todo = 'Name one that answers in RUADMAP_RESOLVER, or set it to off.';
  const resolver = openResolver({ servers: setting });
  if (resolver === null) return wrong('name server', 'The system names none.', todo);
  const answer = await resolver.lookUp('example.com', 'TXT');
  if (answer.kind !== 'failed') return fine('name server', `${setting} answers.`);
  return wrong('name server', `${setting} does not answer (${answer.reason}).`, todo);
}
