import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { LEAVE } from '../../ingest/after-choice.ts';
import { defaultLimits } from '../../ingest/limits.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { environmentMailbox } from '../../server/mailbox-access.ts';
import { createMailboxKeeper } from '../../server/mailbox-keeper.ts';
import { accessTo, NOW_SECONDS } from '../imap/polling.ts';
import { type ScriptedAnswer, startScripted, usualAnswer } from '../imap/scripted-server.ts';
import { builtTrial } from '../reading-trial.ts';
import { openTempStore } from './store/temp-store.ts';

const EMPTY: ScriptedAnswer = {
  lines: ['* FLAGS ()', '* 0 EXISTS', '* OK [UIDVALIDITY 7] x', '* OK [UIDNEXT 1] x'],
  tagged: 'OK [READ-ONLY] done',
};

/** A mailbox without mail that is kept read, and a server that can be told to answer no look. */
async function keptMailbox() {
  let answers = true;
  const server = await startScripted({
    answer: (command) => {
      if (!command.startsWith('EXAMINE')) return usualAnswer(command);
      return answers ? EMPTY : null;
    },
  });
  const { writer } = await openTempStore();
  const mailboxes = await environmentMailbox(writer, { ...accessTo(server.port), after: LEAVE });
  const states: string[] = [];
  const keeper = createMailboxKeeper({
    ...{ writer, reader: createDocumentReader(defaultLimits), trial: builtTrial },
    ...{ limits: defaultLimits, nowSeconds: () => NOW_SECONDS, pollSeconds: 600 },
    random: () => 0.5,
    onState: (_id, { state }) => states.push(state),
    onStored: () => undefined,
    onFailed: () => states.push('store failed'),
  });
  onTestFinished(async () => {
    await keeper.stop();
    await server.stop();
  });
  await keeper.set(mailboxes);
  await expect.poll(() => states.at(-1), { timeout: 10_000 }).toBe('up-to-date');
  const looks = (): number => server.commands.filter((one) => one.startsWith('EXAMINE')).length;
  /** A pass, once it is in the middle of a look. */
  const midway = async () => {
    answers = false;
    const before = looks();
    const result = keeper.pollAll([], () => undefined);
    await expect.poll(looks, { timeout: 10_000 }).toBe(before + 1);
    answers = true;
    return { result };
  };
  return { keeper, mailboxes, writer, server, states, midway };
}

test('a mailbox is read on after a pass that was asked for', async () => {
  const { keeper, server, states } = await keptMailbox();
  expect((await keeper.pollAll([], () => undefined)).failures).toEqual([]);
  await expect.poll(() => states.filter((state) => state === 'up-to-date').length).toBe(2);
  expect(server.connections()).toBe(3);
});

test('one that is removed during a pass is looked at no more', async () => {
  const { keeper, server, midway } = await keptMailbox();
  const { result } = await midway();
  await keeper.set([]);
  expect((await result).failures).toEqual([expect.stringContaining('changed or removed')]);
  await sleep(1000);
  expect(server.connections()).toBe(2);
});

test('one that is changed during a pass is read once, as it is now', async () => {
  const { keeper, mailboxes, server, states, midway } = await keptMailbox();
  const { result } = await midway();
  const changed = mailboxes.map((one) => ({
    ...one,
    after: { ...one.after, movedFrom: ['Reports'] },
  }));
  await keeper.set(changed);
  await result;
  await expect.poll(() => states.at(-1)).toBe('up-to-date');
  await sleep(1000);
  expect(server.connections()).toBe(3);
});

test('one is not read on where the keeper stopped during a pass', async () => {
  const { keeper, server, midway } = await keptMailbox();
  const { result } = await midway();
  await keeper.stop();
  await result;
  await sleep(1000);
  expect(server.connections()).toBe(2);
});

test('one is read on, and told of, where the store fails during a pass', async () => {
  const { keeper, writer, states } = await keptMailbox();
  await writer.close();
  await expect(keeper.pollAll([], () => undefined)).rejects.toThrow();
  await expect.poll(() => states.at(-1)).toBe('store failed');
});
