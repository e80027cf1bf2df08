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
): Promise<MailboxCheck> {
  const connected = await connectMailbox(access, limits, times);
  if (!connected.ok) return failed(connected.problem, []);
  try {
    return await checkFolder(connected.value, limits);
  } finally {
    await connected.value.close();
  }
}

async function checkFolder(connection: MailboxConnection, limits: Limits): Promise<MailboxCheck> {
  const status = await connection.examine();
  const listed = await connection.folders();
  const folders = listed.ok ? listed.value : [];
  if (!status.ok) return failed(status.problem, folders);
  const { messages } = status.value;
  const { answered, problem } = await connection.fetchNewestHeads(NEWEST);
  if (problem !== null) return failed(problem, folders);
  const reportLike = answered.filter((head) => looksLikeReport(head, limits)).length;
  return { ok: true, messages, lookedAt: answered.length, reportLike, folders };
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
