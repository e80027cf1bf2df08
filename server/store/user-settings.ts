import type { Connection } from './connection.ts';
import { createStoredMailboxes } from './mailbox-rows.ts';
import type { StoreSettings } from './store.ts';
import { guarded } from './store-problem.ts';

/** Small writes of the user, each a short transaction that waits for the ingest process's. */
export function createUserSettings(database: Connection): StoreSettings {
  const mailboxes = createStoredMailboxes(database);
  const durably = <T>(work: () => T): T => guarded(() => database.transaction(work).immediate());
  return {
    saveMailbox: async (address, secret, caPem) =>
      durably(() => mailboxes.save(address, secret, caPem)),
    removeMailbox: async (id) => durably(() => mailboxes.remove(id)),
    close: async () => guarded(() => void database.close()),
  };
}
