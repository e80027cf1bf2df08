import { type AfterChoice, LEAVE } from '../../ingest/after-choice.ts';
import type { MailboxSecurity } from '../../ingest/ledger.ts';
import type { Connection } from './connection.ts';
import type { MailboxAddress, MailboxOrigin, SealedSecret, StoredMailbox } from './store.ts';

interface MailboxRow {
  id: number;
  origin: MailboxOrigin;
  user: string;
  host: string;
  port: number;
  security: MailboxSecurity;
  folder: string;
  keyId: string | null;
  nonce: Buffer | null;
  ciphertext: Buffer | null;
  caPem: string | null;
  afterKind: AfterChoice['kind'];
  afterFolder: string | null;
  afterCreate: 0 | 1;
  afterDays: number | null;
}

const COLUMNS = /* sql */ `
  id, origin, user, host, port, security, folder,
  secret_key_id AS keyId, secret_nonce AS nonce, secret_ciphertext AS ciphertext, ca_pem AS caPem,
  after_kind AS afterKind, after_folder AS afterFolder, after_create AS afterCreate,
  after_days AS afterDays
`;

/** The pseudo-mailbox of imported files. */
export const FILES: MailboxAddress = { user: '', host: '', port: 0, security: 'plain', folder: '' };

export function createMailboxList(database: Connection): () => StoredMailbox[] {
  const all = database.prepare<[], MailboxRow>(
    `SELECT ${COLUMNS} FROM mailbox WHERE removed = 0 ORDER BY id`,
  );
  return () => all.all().map(mailboxOf);
}

type Upsert = (
  origin: MailboxOrigin,
  address: MailboxAddress,
  after?: AfterChoice,
) => StoredMailbox;

/** Makes the row of a mailbox, or brings it back where it was removed; its security may have changed. */
export function createMailboxUpsert(database: Connection): Upsert {
  const saveAfter = createAfterChoice(database);
  const upsert = database.prepare<
    [MailboxOrigin, string, string, number, string, string],
    MailboxRow
  >(/* sql */ `
    INSERT INTO mailbox (origin, user, host, port, security, folder) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET security = excluded.security, removed = 0
    RETURNING ${COLUMNS}
  `);
  return (origin, { user, host, port, security, folder }, after) => {
    const mailbox = mailboxOf(upsert.get(origin, user, host, port, security, folder));
    return after === undefined ? mailbox : saveAfter(mailbox.id, after);
  };
}

/** What stood in the way of another choice says nothing of this one. */
function createAfterChoice(
  database: Connection,
): (id: number, after: AfterChoice) => StoredMailbox {
  const save = database.prepare<
    [string, string | null, number, number | null, number],
    MailboxRow
  >(/* sql */ `
    UPDATE mailbox SET after_kind = ?, after_folder = ?, after_create = ?, after_days = ?
    WHERE id = ?
    RETURNING ${COLUMNS}
  `);
  const before = database.prepare<[id: number], MailboxRow>(
    `SELECT ${COLUMNS} FROM mailbox WHERE id = ?`,
  );
  const forget = database.prepare<[id: number]>('DELETE FROM after_problem WHERE mailbox_id = ?');
  return (id, after) => {
    const was = before.get(id);
    if (was !== undefined && JSON.stringify(afterOf(was)) === JSON.stringify(after)) {
      return mailboxOf(was);
    }
    forget.run(id);
    const folder = after.kind === 'move' ? after.folder : null;
    const create = after.kind === 'move' && after.create ? 1 : 0;
    const days = after.kind === 'delete' ? after.days : null;
    return mailboxOf(save.get(after.kind, folder, create, days, id));
  };
}

/** The user's own mailboxes. */
export function createStoredMailboxes(database: Connection) {
  const upsert = createMailboxUpsert(database);
  const seal = database.prepare<
    [string, Buffer, Buffer, string | null, number],
    MailboxRow
  >(/* sql */ `
    UPDATE mailbox
    SET secret_key_id = ?, secret_nonce = ?, secret_ciphertext = ?, ca_pem = ?
    WHERE id = ?
    RETURNING ${COLUMNS}
  `);
  // Its ledger stays, so that the same mailbox, added again, need not be read from the start.
  const remove = database.prepare<[id: number]>(/* sql */ `
    UPDATE mailbox
    SET removed = 1, secret_key_id = NULL, secret_nonce = NULL, secret_ciphertext = NULL, ca_pem = NULL,
        after_kind = 'leave', after_folder = NULL, after_create = 0, after_days = NULL
    WHERE id = ? AND origin = 'stored'
  `);
  return {
    saveAfter: createAfterChoice(database),
    save: (
      address: MailboxAddress,
      secret: SealedSecret,
      caPem: string | null,
      after?: AfterChoice,
    ): StoredMailbox => {
      const { id } = upsert('stored', address, after);
      return mailboxOf(seal.get(secret.keyId, secret.nonce, secret.ciphertext, caPem, id));
    },
    remove: (id: number): void => {
      remove.run(id);
    },
  };
}

function mailboxOf(row: MailboxRow | undefined): StoredMailbox {
  if (row === undefined) throw new Error('A statement that returns a mailbox returned none.');
  const { id, origin, user, host, port, security, folder, caPem } = row;
  const { keyId, nonce, ciphertext } = row;
  const secret =
    keyId === null || nonce === null || ciphertext === null ? null : { keyId, nonce, ciphertext };
  const address = { user, host, port, security, folder };
  return { id, origin, ...address, caPem, secret, after: afterOf(row) };
}

function afterOf({ afterKind, afterFolder, afterCreate, afterDays }: MailboxRow): AfterChoice {
  if (afterKind === 'move' && afterFolder !== null) {
    return { kind: afterKind, folder: afterFolder, create: afterCreate === 1 };
  }
  if (afterKind === 'delete' && afterDays !== null) return { kind: afterKind, days: afterDays };
  return afterKind === 'mark' ? { kind: afterKind } : LEAVE;
}
