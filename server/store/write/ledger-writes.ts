import type { KnownMessage } from '../../../ingest/ledger.ts';
import type { Connection } from '../connection.ts';
import { messageCrc } from '../row-crc.ts';
import type { DecidedMessage, FolderProgress, MessageKey } from '../store.ts';
import type { MessageRow } from './document-writes.ts';

type Key = [mailboxId: number, uidValidity: string, uid: number, name: string];

const keyOf = ({ mailboxId, uidValidity, uid, name }: MessageKey): Key => [
  mailboxId,
  uidValidity,
  uid,
  name,
];

const SAME_KEY = 'mailbox_id = ? AND uid_validity = ? AND uid = ? AND name = ?';

/** Messages: attempts, states and the moment they are decided. Each function is one statement a message. */
export function createLedgerWrites(database: Connection) {
  // A message that was decided once is being looked at again: it can't have ended the program before.
  const begin = database
    .prepare<[...Key, nowSeconds: number], number>(
      /* sql */ `
      INSERT INTO message (
        mailbox_id, uid_validity, uid, name, state, attempts, size_bytes, first_seen_seconds
      ) VALUES (?, ?, ?, ?, 'pending', 1, 0, ?)
      ON CONFLICT DO UPDATE SET
        attempts = CASE state WHEN 'done' THEN 1 ELSE attempts + 1 END,
        state = CASE state WHEN 'done' THEN 'done' ELSE 'pending' END
      RETURNING attempts
    `,
    )
    .pluck();
  const mark = database.prepare<
    [...Key, state: string, now: number, decided: number | null]
  >(/* sql */ `
    INSERT INTO message (
      mailbox_id, uid_validity, uid, name, state, attempts, size_bytes,
      first_seen_seconds, decided_seconds
    ) VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, decided_seconds = excluded.decided_seconds
    WHERE state <> 'done' OR excluded.state = 'set-aside'
  `);
  const forgive = database.prepare<Key>(
    `UPDATE message SET attempts = 0 WHERE ${SAME_KEY} AND state <> 'done'`,
  );
  const insert = database.prepare<
    [...Key, number, number, number, Buffer | null, number]
  >(/* sql */ `
    INSERT INTO message (
      mailbox_id, uid_validity, uid, name, state, attempts, size_bytes,
      first_seen_seconds, decided_seconds, header_block, crc
    ) VALUES (?, ?, ?, ?, 'done', 1, ?, ?, ?, ?, ?)
  `);
  const update = database
    .prepare<[number, number, Buffer | null, number, ...Key], number>(
      /* sql */ `
      UPDATE message
      SET state = 'done', size_bytes = ?, decided_seconds = ?, header_block = ?, crc = ?
      WHERE ${SAME_KEY} RETURNING id
    `,
    )
    .pluck();

  const mailboxOf = database
    .prepare<[id: number], number>('SELECT mailbox_id FROM message WHERE id = ?')
    .pluck();
  const putBack = database.prepare<[id: number]>(/* sql */ `
    UPDATE message
    SET state = 'pending', attempts = CASE state WHEN 'set-aside' THEN 1 ELSE 0 END
    WHERE id = ?
  `);

  return {
    beginAttempt: (key: MessageKey, nowSeconds: number): number => {
      const attempts = begin.get(...keyOf(key), nowSeconds);
      if (attempts === undefined) throw new Error('An upsert returned no row.');
      return attempts;
    },
    mark: (key: MessageKey, state: 'unresolved' | 'set-aside', nowSeconds: number): void => {
      const decided = state === 'set-aside' ? nowSeconds : null;
      mark.run(...keyOf(key), state, nowSeconds, decided);
    },
    /** Its attempts did not end the program. */
    forgive: (key: MessageKey): void => void forgive.run(...keyOf(key)),
    /** The row of a message whose documents are about to be decided. */
    done: ({ key, sizeBytes, headerBlock }: DecidedMessage, nowSeconds: number): MessageRow => {
      const { mailboxId } = key;
      const crc = messageCrc(sizeBytes, headerBlock);
      const known = update.get(sizeBytes, nowSeconds, headerBlock, crc, ...keyOf(key));
      if (known !== undefined) return { id: known, mailboxId, seenBefore: true };
      const made = insert.run(...keyOf(key), sizeBytes, nowSeconds, nowSeconds, headerBlock, crc);
      return { id: Number(made.lastInsertRowid), mailboxId, seenBefore: false };
    },
    /** The row of a message that was decided before. */
    decided: (id: number): MessageRow => {
      const mailboxId = mailboxOf.get(id);
      if (mailboxId === undefined) throw new Error(`Message ${id} is not in the ledger.`);
      return { id, mailboxId, seenBefore: true };
    },
    /** So that the next look at its folder is at it too; what was set aside is tried apart first. */
    putBack: (id: number): void => {
      putBack.run(id);
    },
  };
}

/** How far each folder was read, and what of it is still to be looked at. */
export function createFolderWrites(database: Connection) {
  const read = database.prepare<[mailboxId: number], FolderProgress>(/* sql */ `
    SELECT uid_validity AS uidValidity, seen_up_to_uid AS seenUpToUid
    FROM folder_progress WHERE mailbox_id = ?
  `);
  const save = database.prepare<[number, string | null, number]>(/* sql */ `
    INSERT INTO folder_progress (mailbox_id, uid_validity, seen_up_to_uid) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET
      uid_validity = excluded.uid_validity, seen_up_to_uid = excluded.seen_up_to_uid
  `);
  const stateOf = database.prepare<Key, { state: string; attempts: number }>(
    `SELECT state, attempts FROM message WHERE ${SAME_KEY}`,
  );
  const open = database.prepare<[number, string], { uid: number; attempts: number }>(/* sql */ `
    SELECT uid, attempts FROM message
    WHERE mailbox_id = ? AND uid_validity = ?
      AND state <> 'done' AND state IN ('pending', 'unresolved')
    ORDER BY uid
  `);
  const newest = database.prepare<[number, string, number], KnownMessage>(/* sql */ `
    SELECT uid, size_bytes AS sizeBytes, header_block AS headerBlock FROM message
    WHERE mailbox_id = ? AND uid_validity = ? AND state = 'done' AND size_bytes > 0
    ORDER BY uid DESC LIMIT ?
  `);
  return {
    progress: (mailboxId: number): FolderProgress =>
      read.get(mailboxId) ?? { uidValidity: null, seenUpToUid: 0 },
    saveProgress: (mailboxId: number, { uidValidity, seenUpToUid }: FolderProgress): void => {
      save.run(mailboxId, uidValidity, seenUpToUid);
    },
    undecided: (mailboxId: number, uidValidity: string, uids: readonly number[]) =>
      uids.flatMap((uid) => {
        const found = stateOf.get(mailboxId, uidValidity, uid, '');
        if (found === undefined) return [{ uid, attempts: 0 }];
        const decided = found.state === 'done' || found.state === 'set-aside';
        return decided ? [] : [{ uid, attempts: found.attempts }];
      }),
    attemptsOf: (key: MessageKey): number => {
      const found = stateOf.get(...keyOf(key));
      if (found === undefined || found.state === 'done') return 0;
      return found.state === 'set-aside' ? 1 : found.attempts;
    },
    newestKnown: (mailboxId: number, uidValidity: string, limit: number): KnownMessage[] =>
      newest.all(mailboxId, uidValidity, limit),
    open: (mailboxId: number, uidValidity: string) => open.all(mailboxId, uidValidity),
  };
}
