import { type AfterSetting, LEAVE_ALL } from './after-choice.ts';
import { methodFor } from './after-plan.ts';
import { afterProblem } from './after-problem.ts';
import type { ConnectionProblem } from './connection-problem.ts';
import type { Limits } from './limits.ts';
import { connectMailbox, type MailboxConnection } from './mailbox.ts';
import type { MailboxAccess, MailboxTimes } from './mailbox-client.ts';
import type { MessageHead } from './mailbox-messages.ts';
import { reportParts } from './report-parts.ts';

/** What a test of a mailbox found, for who sets it up. */
export type MailboxCheck =
  | {
      ok: true;
      messages: number;
      /** Newest messages whose structure was looked at, and how many of them look like a report. */
      lookedAt: number;
      reportLike: number;
      folders: string[];
      /** What stands in the way of what was chosen for stored reports, as far as a look can tell. */
      afterProblem: { message: string; advice: string } | null;
    }
  | {
      ok: false;
      code: string;
      message: string;
      advice: string;
      /** Where the folder was not found: those that are there. */
      folders: string[];
    };

const NEWEST = 500;

/** Logs in, opens the folder read-only and looks at the structure of its newest messages. */
export async function testMailbox(
  access: MailboxAccess,
  limits: Limits,
  times: MailboxTimes,
  after: AfterSetting = LEAVE_ALL,
): Promise<MailboxCheck> {
  const connected = await connectMailbox(access, limits, times);
  if (!connected.ok) return failed(connected.problem, []);
  try {
    return await checkFolder(connected.value, access.address.folder, limits, after);
  } finally {
    await connected.value.close();
  }
}

async function checkFolder(
  connection: MailboxConnection,
  folder: string,
  limits: Limits,
  after: AfterSetting,
): Promise<MailboxCheck> {
  const status = await connection.examine();
  const listed = await connection.folders();
  const folders = listed.ok ? listed.value : [];
  if (!status.ok) return failed(status.problem, folders);
  const { messages } = status.value;
  const { answered, problem } = await connection.fetchNewestHeads(NEWEST);
  if (problem !== null) return failed(problem, folders);
  const reportLike = answered.filter((head) => looksLikeReport(head, limits)).length;
  const found = { messages, lookedAt: answered.length, reportLike, folders };
  return { ok: true, ...found, afterProblem: problemAfter(connection, folder, folders, after) };
}

/** Opens nothing for changes: rights that only show then are told when reports are stored. */
function problemAfter(
  { changes }: MailboxConnection,
  folder: string,
  folders: readonly string[],
  after: AfterSetting,
): { message: string; advice: string } | null {
  const { choice } = after;
  if (choice.kind === 'leave') return null;
  const target = choice.kind === 'move' ? changes.fullName(choice.folder) : '';
  const rights = { ...changes.abilities(), readOnly: false, flags: null };
  const method = methodFor(after, rights, { own: changes.fullName(folder), target });
  const isMissing = choice.kind === 'move' && !choice.create && !folders.includes(target);
  if (method.ok && !isMissing) return null;
  return afterProblem(method.ok ? 'no-target' : method.problem, { folder, target, words: '' });
}

const looksLikeReport = ({ structure, subject }: MessageHead, limits: Limits): boolean =>
  structure.ok &&
  reportParts(structure.value, subject, limits).candidates.some(({ look }) => look === 'fetch');

const failed = ({ code, message, advice }: ConnectionProblem, folders: string[]): MailboxCheck => ({
  ok: false,
  code,
  message,
  advice,
  folders,
});
