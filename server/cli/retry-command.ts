import { CommandEnd, exitStatus } from '../exit-status.ts';
import { retryJob } from '../keeping-jobs.ts';
import type { Retried, RetryOutcome } from '../repair/retry.ts';
import { print } from './open-domain.ts';
import { printable } from './printable.ts';
import { doOrHandOver } from './run-job.ts';
import type { RepairContext } from './verify-command.ts';

/** `ruadmap retry`: refused mail, from its kept bytes or back into the poller's hands. */
export async function retryCommand(
  context: RepairContext,
  messageIds: readonly number[] | null,
): Promise<void> {
  const { dataDir, nowSeconds } = context;
  const ids = messageIds === null ? null : [...messageIds];
  const { said } = await doOrHandOver(
    context,
    { kind: 'retry', messageIds: ids },
    (ingest) => retryJob({ ...ingest, dataDir, nowSeconds }, ids),
    () => undefined,
  );
  const retried = said?.kind === 'retried' ? said.retried : [];
  const known = new Set(retried.map(({ messageId }) => messageId));
  const missing = (messageIds ?? []).filter((id) => !known.has(id));
  if (missing.length > 0)
    throw new CommandEnd(
      exitStatus.usage,
      `Nothing was refused of message ${missing.join(', ')}. The numbers are those of --json.`,
    );
  print(context.json, { retried }, () => lines(retried));
}

const WORDS: Readonly<Record<RetryOutcome, string>> = {
  counted: 'read this time, and counted',
  'another-version':
    'read this time: another version of a report that came before; one of them counts at most',
  'known-before': 'read this time: a report that came before',
  'no-report': 'read this time: no report',
  'refused-again': 'refused again',
  'fetched-at-next-poll': 'fetched again at the next poll',
  'import-again': 'nothing of it was kept: import the file again',
  'mailbox-removed': 'nothing of it was kept, and its mailbox was removed',
  'looked-at-anew': 'its folder numbers its mail anew since, and all of it was looked at then',
};

const LISTED = 20;

function lines(retried: readonly Retried[]): string[] {
  if (retried.length === 0) return ['Nothing was refused.'];
  const counts = Object.entries(WORDS).flatMap(([outcome, words]) => {
    const count = retried.filter((one) => one.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const more = retried.length - LISTED;
  return [
    `${retried.length} refused: ${counts.join(', ')}.`,
    ...retried
      .slice(0, LISTED)
      .map(({ message, part, outcome, reason }) =>
        printable(`  ${[message, part].filter(Boolean).join(' ')}: ${WORDS[outcome]} (${reason})`),
      ),
    ...(more > 0 ? [`  … and ${more} more: run it with --json.`] : []),
  ];
}
