import { expect, test } from 'vitest';
import type { LedgerFilter } from '../../../server/store/store.ts';
import { aDocument, aMessage, aRefusal, aReport, ordinaryMail } from './a-report.ts';
import { openTempStore } from './temp-store.ts';

const imap = { user: 'me@example.org', host: 'imap.example.org', port: 993, folder: 'INBOX' };

test('a mailbox has one row for each origin, user, host, port and folder', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const same = await writer.ensureMailbox('environment', { ...imap, security: 'tls' });
  expect(same.id).toBe(mailboxId);
  const others = await Promise.all([
    writer.ensureMailbox('stored', { ...imap, security: 'tls' }),
    writer.ensureMailbox('environment', { ...imap, folder: 'DMARC', security: 'tls' }),
    writer.ensureMailbox('environment', { ...imap, port: 143, security: 'starttls' }),
    writer.ensureFiles(),
  ]);
  expect(new Set([mailboxId, ...others.map(({ id }) => id)]).size).toBe(5);
  expect((await writer.ensureFiles()).id).toBe(others[3].id);
  const stored = await reader.mailboxes();
  expect(stored).toHaveLength(5);
  expect(stored[0]).toEqual({
    ...{ id: mailboxId, origin: 'environment', ...imap, security: 'tls' },
    ...{ secret: null, caPem: null, after: { kind: 'leave' } },
  });
});

test('a mailbox that changes its security keeps its row', async () => {
  const { writer, mailboxId } = await openTempStore();
  const changed = await writer.ensureMailbox('environment', { ...imap, security: 'starttls' });
  expect(changed).toMatchObject({ id: mailboxId, security: 'starttls' });
});

test('progress of a folder begins at nothing and is what was saved last', async () => {
  const { writer, mailboxId } = await openTempStore();
  expect(await writer.folderProgress(mailboxId)).toEqual({ uidValidity: null, seenUpToUid: 0 });
  await writer.saveFolderProgress(mailboxId, { uidValidity: '77', seenUpToUid: 5 });
  await writer.saveFolderProgress(mailboxId, { uidValidity: '78', seenUpToUid: 4_294_967_295 });
  expect(await writer.folderProgress(mailboxId)).toEqual({
    ...{ uidValidity: '78', seenUpToUid: 4_294_967_295 },
  });
});

test('attempts are counted before anything is decided, and told in the order of the keys', async () => {
  const { writer, mailboxId, query } = await openTempStore();
  const key = (uid: number) => ({ mailboxId, uidValidity: '1', uid, name: '' });
  expect(await writer.beginAttempts([key(1), key(2)], 5)).toEqual([1, 1]);
  expect(await writer.beginAttempts([key(3), key(2)], 6)).toEqual([1, 2]);
  expect(query('SELECT uid, state, attempts, first_seen_seconds AS seen FROM message')).toEqual([
    { uid: 1, state: 'pending', attempts: 1, seen: 5 },
    { uid: 2, state: 'pending', attempts: 2, seen: 5 },
    { uid: 3, state: 'pending', attempts: 1, seen: 6 },
  ]);
});

test('a decided message that is looked at again stays decided and counts from one', async () => {
  const { writer, mailboxId, query } = await openTempStore();
  const message = aMessage({ mailboxId, uid: 1 }, ordinaryMail);
  for (let run = 0; run < 4; run += 1) {
    expect(await writer.beginAttempts([message.key], run)).toEqual([1]);
    await writer.commit([message], run);
  }
  await writer.beginAttempts([message.key], 9);
  expect(query('SELECT state FROM message')).toEqual([{ state: 'done' }]);
});

test('what is done or set aside needs no look; what is new, pending or unresolved does', async () => {
  const { writer, mailboxId } = await openTempStore();
  const key = (uid: number) => ({ mailboxId, uidValidity: '1', uid, name: '' });
  await writer.beginAttempts([1, 2, 3, 4].map(key), 1);
  await writer.commit([aMessage({ mailboxId, uid: 1 }, ordinaryMail)], 2);
  await writer.markMessages([key(2)], 'set-aside', 2);
  await writer.markMessages([key(3), key(6)], 'unresolved', 2);
  expect(await writer.undecided(mailboxId, '1', [1, 2, 3, 4, 5, 6])).toEqual([
    { uid: 3, attempts: 1 },
    { uid: 4, attempts: 1 },
    { uid: 5, attempts: 0 },
    { uid: 6, attempts: 0 },
  ]);
  expect(await writer.open(mailboxId, '1')).toEqual([
    { uid: 3, attempts: 1 },
    { uid: 4, attempts: 1 },
    { uid: 6, attempts: 0 },
  ]);
  expect(await writer.open(mailboxId, '2')).toEqual([]);
  expect(await writer.undecided(mailboxId, '2', [1])).toEqual([{ uid: 1, attempts: 0 }]);
});

test('a message that was decided does not become unresolved', async () => {
  const { writer, mailboxId } = await openTempStore();
  const message = aMessage({ mailboxId, uid: 1 }, ordinaryMail);
  await writer.commit([message], 1);
  await writer.markMessages([message.key], 'unresolved', 2);
  expect(await writer.open(mailboxId, '1')).toEqual([]);
});

test('the same mail under a new UIDVALIDITY gets new rows and brings nothing new', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const document = aDocument(aReport());
  await writer.commit([aMessage({ mailboxId, uid: 1, uidValidity: '1' }, document)], 1);
  const [again] = await writer.commit(
    [aMessage({ mailboxId, uid: 1, uidValidity: '2' }, document)],
    2,
  );
  expect(again).toMatchObject([{ outcome: 'duplicate' }]);
  const [counts] = await reader.ledgerCounts();
  expect(counts).toMatchObject({ messages: 2, documents: { stored: 1, duplicate: 1 } });
});

test('the ledger counts every document once, by mailbox', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const { id: files } = await writer.ensureFiles();
  const key = (uid: number) => ({ mailboxId, uidValidity: '1', uid, name: '' });
  const report = aDocument(aReport());
  const version = aDocument(aReport({ rows: [{ count: 9 }] }));
  await writer.commit(
    [
      aMessage({ mailboxId, uid: 1 }, report, report, version),
      aMessage({ mailboxId, uid: 2 }, aRefusal(), ordinaryMail),
      aMessage({ mailboxId: files, uid: 0, name: 'a.xml' }, report),
    ],
    1,
  );
  await writer.beginAttempts([key(3), key(4), key(5)], 1);
  await writer.markMessages([key(4)], 'unresolved', 1);
  await writer.markMessages([key(5)], 'set-aside', 1);
  const none = { stored: 0, duplicate: 0, conflict: 0, 'not-a-report': 0, refused: 0 };
  const letGo = { messages: 0, documents: 0 };
  expect(await reader.ledgerCounts()).toEqual([
    {
      letGo,
      ...{ mailboxId, messages: 5, pending: 1, unresolved: 1, setAside: 1 },
      documents: { stored: 1, duplicate: 1, conflict: 1, 'not-a-report': 1, refused: 1 },
    },
    {
      letGo,
      ...{ mailboxId: files, messages: 1, pending: 0, unresolved: 0, setAside: 0 },
      documents: { ...none, duplicate: 1 },
    },
  ]);
});

test('the ledger is read page by page, newest first, by mailbox and by outcome', async () => {
  const { writer, reader, mailboxId } = await openTempStore();
  const { id: files } = await writer.ensureFiles();
  const messages = Array.from({ length: 25 }, (_, uid) => {
    const inFiles = uid % 5 === 0;
    const document = uid % 2 === 0 ? aRefusal() : aDocument(aReport({ reportId: `r${uid}` }));
    const place = inFiles ? { mailboxId: files, name: `f${uid}` } : { mailboxId };
    return aMessage({ ...place, uid }, document, ordinaryMail);
  });
  await writer.commit(messages, 1);
  const uidsOf = async (filter: LedgerFilter): Promise<number[]> => {
    const uids: number[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const { items, nextCursor } = await reader.ledger(filter, cursor, 4);
      uids.push(...items.map(({ uid }) => uid));
      cursor = nextCursor;
      if (cursor === null) return uids;
    }
    throw new Error('The pages of the ledger have no end.');
  };
  const all = Array.from({ length: 25 }, (_, index) => 24 - index);
  const isFile = (uid: number): boolean => uid % 5 === 0;
  expect(await uidsOf({ mailboxId: null, outcome: null })).toEqual(all);
  expect(await uidsOf({ mailboxId: files, outcome: null })).toEqual(all.filter(isFile));
  expect(await uidsOf({ mailboxId: null, outcome: 'refused' })).toEqual(
    all.filter((uid) => uid % 2 === 0),
  );
  expect(await uidsOf({ mailboxId, outcome: 'stored' })).toEqual(
    all.filter((uid) => uid % 2 === 1 && !isFile(uid)),
  );
  expect(await uidsOf({ mailboxId, outcome: 'conflict' })).toEqual([]);
  await writer.beginAttempts([{ mailboxId, uidValidity: '1', uid: 99, name: '' }], 1);
  expect(await uidsOf({ mailboxId: null, outcome: 'pending' })).toEqual([99]);
  expect(await reader.ledger({ mailboxId: null, outcome: null }, 'x', 4)).toEqual({
    ...{ items: [], nextCursor: null },
  });
});
