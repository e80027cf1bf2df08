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
}

const COLUMNS = /* sql */ `
  id, origin, user, host, port, security, folder,
  secret_key_id AS keyId, secret_nonce AS nonce, secret_ciphertext AS ciphertext, ca_pem AS caPem
`;

/** The pseudo-mailbox of imported files. */
export const FILES: MailboxAddress = { user: '', host: '', port: 0, security: 'plain', folder: '' };

export function createMailboxList(database: Connection): () => StoredMailbox[] {
  const all = database.prepare<[], MailboxRow>(
    `SELECT ${COLUMNS} FROM mailbox WHERE removed = 0 ORDER BY id`,
  );
  return () => all.all().map(mailboxOf);
}

/** Makes the row of a mailbox, or brings it back where it was removed; its security may have changed. */
export function createMailboxUpsert(
  database: Connection,
): (origin: MailboxOrigin, address: MailboxAddress) => StoredMailbox {
  const upsert = database.prepare<
    [MailboxOrigin, string, string, number, string, string],
    MailboxRow
  >(/* sql */ `
    INSERT INTO mailbox (origin, user, host, port, security, folder) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET security = excluded.security, removed = 0
    RETURNING ${COLUMNS}
  `);
  return (origin, { user, host, port, security, folder }) =>
    mailboxOf(upsert.get(origin, user, host, port, security, folder));
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
    SET removed = 1, secret_key_id = NULL, secret_nonce = NULL, secret_ciphertext = NULL, ca_pem = NULL
    WHERE id = ? AND origin = 'stored'
  `);
  return {
    save: (address: MailboxAddress, secret: SealedSecret, caPem: string | null): StoredMailbox => {
      const { id } = upsert('stored', address);
      return mailboxOf(seal.get(secret.keyId, secret.nonce, secret.ciphertext, caPem, id));
    },
    remove: (id: number): void => {
      remove.run(id);
    },
  };
}

function mailboxOf(row: MailboxRow | undefined): StoredMailbox {
  if (row === undefined) throw new Error('A statement that returns a mailbox returned none.');
  const { keyId, nonce, ciphertext, ...mailbox } = row;
  const secret =
    keyId === null || nonce === null || ciphertext === null ? null : { keyId, nonce, ciphertext };
  return { ...mailbox, secret };
}
