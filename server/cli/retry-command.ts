import { CommandEnd, exitStatus } from '../exit-status.ts';
import { type Retried, type RetryOutcome, retryRefused } from '../repair/retry.ts';
import { print } from './open-domain.ts';
import { withOwnStore } from './own-store.ts';
import { printable } from './printable.ts';
import type { RepairContext } from './verify-command.ts';

/** `ruadmap retry`: refused mail, from its kept bytes or back into the poller's hands. */
export async function retryCommand(
  context: RepairContext,
  messageIds: readonly number[] | null,
): Promise<void> {
  const { nowSeconds } = context;
  const retried = await withOwnStore(context, (own) =>
    retryRefused({ ...own, nowSeconds }, messageIds),
  );
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
  read: 'read this time',
  'refused-again': 'refused again',
  'fetched-at-next-poll': 'fetched again at the next poll',
  'import-again': 'nothing of it was kept: import the file again',
  'mailbox-removed': 'nothing of it was kept, and its mailbox was removed',
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
