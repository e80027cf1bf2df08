import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { MessageKey } from '../../../ingest/ledger.ts';
import { openWriter } from '../../../server/store/open.ts';
import type { StoreWriter } from '../../../server/store/store.ts';
import { openInHand, readLeftInHand } from '../../../server/store/write/in-hand.ts';
import { aDocument, aMessage, aReport } from './a-report.ts';
import { migrationsDir, tempDir, testNaming } from './temp-store.ts';

const NOW = 1_773_000_000;
const UIDS = [1, 2, 3];

interface Process {
  writer: StoreWriter;
  keyOf: (uid: number) => MessageKey;
  attempts: () => Promise<number[]>;
}

/** A writer as a process opens it. Not closing it is what a killed process does. */
async function aProcess(dataDir: string): Promise<Process> {
  const writer = openWriter({ dataDir, migrationsDir, naming: testNaming });
  const { id: mailboxId } = await writer.ensureMailbox('environment', {
    ...{ user: 'u', host: 'imap.example.org', port: 993, security: 'tls', folder: 'INBOX' },
  });
  return {
    writer,
    keyOf: (uid) => ({ mailboxId, uidValidity: '7', uid, name: '' }),
    attempts: async () =>
      (await writer.undecided(mailboxId, '7', UIDS)).map(({ attempts }) => attempts),
  };
}

async function dies(dataDir: string, over: (process: Process) => Promise<void>): Promise<void> {
  const process = await aProcess(dataDir);
  await process.writer.beginAttempts(UIDS.map(process.keyOf), NOW);
  await over(process);
}

const next = async (dataDir: string): Promise<number[]> => (await aProcess(dataDir)).attempts();

test('of messages that were begun together only the one that was being read is blamed for a death', async () => {
  const dataDir = tempDir();
  await dies(dataDir, async ({ writer, keyOf }) => {
    writer.reading(keyOf(1));
    writer.reading(keyOf(2));
  });
  expect(await next(dataDir)).toEqual([0, 1, 0]);
  expect(await next(dataDir)).toEqual([0, 1, 0]);
});

test('a death before any of them was read blames none, however often it comes', async () => {
  const dataDir = tempDir();
  for (let time = 0; time < 3; time += 1) await dies(dataDir, async () => undefined);
  expect(await next(dataDir)).toEqual([0, 0, 0]);
});

test('a message that was begun alone answers for its death, at whatever point it comes', async () => {
  const dataDir = tempDir();
  for (const times of [1, 2]) {
    const { writer, keyOf } = await aProcess(dataDir);
    await writer.beginAttempts([keyOf(2)], NOW);
    expect(await next(dataDir)).toEqual([0, times, 0]);
  }
});

test('what died over the transaction of all is looked at alone, and blamed only if it dies again', async () => {
  const dataDir = tempDir();
  await dies(dataDir, async ({ keyOf }) => {
    // The death comes within the transaction: its words stand in the file, its rows do not.
    const inHand = openInHand(path.join(dataDir, 'ruadmap.reading'));
    inHand.begin(UIDS.map(keyOf));
    inHand.committing(keyOf(1).mailboxId);
  });
  const { writer, keyOf, attempts } = await aProcess(dataDir);
  expect(await attempts()).toEqual([1, 1, 1]);
  await writer.beginAttempts([keyOf(1)], NOW);
  expect(await next(dataDir)).toEqual([1, 0, 0]);
});

test('mailboxes that are read at the same time have a hand each', async () => {
  const dataDir = tempDir();
  const inbox = (of: Process, uid: number): MessageKey => ({ ...of.keyOf(uid), mailboxId: 2 });
  await dies(dataDir, async (process) => {
    const { writer, keyOf } = process;
    await writer.ensureFiles();
    await writer.beginAttempts([inbox(process, 1)], NOW);
    writer.reading(keyOf(2));
    await writer.commit([aMessage(inbox(process, 1), aDocument(aReport()))], NOW);
    await writer.beginAttempts([inbox(process, 2), inbox(process, 3)], NOW);
  });
  const { writer, attempts } = await aProcess(dataDir);
  expect(await attempts()).toEqual([0, 1, 0]);
  const others = await writer.undecided(2, '7', UIDS);
  expect(others.map(({ uid, attempts }) => [uid, attempts])).toEqual([
    [2, 0],
    [3, 0],
  ]);
});

test('what is decided is out of hand', async () => {
  const dataDir = tempDir();
  await dies(dataDir, async ({ writer, keyOf }) => {
    const messages = UIDS.map((uid) =>
      aMessage(keyOf(uid), aDocument(aReport({ reportId: `${uid}` }))),
    );
    for (const { key } of messages) writer.reading(key);
    await writer.commit(messages, NOW);
  });
  expect(readLeftInHand(path.join(dataDir, 'ruadmap.reading')).begun.size).toBe(0);
  expect(await next(dataDir)).toEqual([]);
});

test('without the file every attempt stays counted', async () => {
  const dataDir = tempDir();
  await dies(dataDir, async () => rmSync(path.join(dataDir, 'ruadmap.reading')));
  expect(await next(dataDir)).toEqual([1, 1, 1]);
});

test('where the file cannot be made the work goes on', () => {
  const file = path.join(tempDir(), 'no such folder', 'ruadmap.reading');
  const inHand = openInHand(file);
  const key = { mailboxId: 1, uidValidity: '1', uid: 1, name: '' };
  inHand.begin([key, { ...key, uid: 2 }]);
  inHand.reading(key);
  inHand.committing(1);
  inHand.done(1);
  inHand.close();
  expect(existsSync(file)).toBe(false);
});
