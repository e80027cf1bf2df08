import type { Connection } from './connection.ts';
import { createDnsWrites } from './dns-writes.ts';
import { createStoredMailboxes } from './mailbox-rows.ts';
import type { StoreSettings } from './store.ts';
import { guarded } from './store-problem.ts';
import { createWordWrites } from './word-writes.ts';

/** Small writes of the user, each a short transaction that waits for the ingest process's. */
export function createUserSettings(database: Connection): StoreSettings {
  const mailboxes = createStoredMailboxes(database);
  const words = createWordWrites(database);
  const dns = createDnsWrites(database);
  const durably =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    async (...args: A): Promise<R> =>
      guarded(() => database.transaction(work).immediate(...args));
  return {
    classify: durably(words.classify),
    markFixed: durably(words.markFixed),
    setRhythm: durably(words.setRhythm),
    waive: durably(words.waive),
    takeBackWaiver: durably(words.takeBackWaiver),
    saySendsNothing: durably(words.saySendsNothing),
    setMicrosoftTenants: durably(words.setMicrosoftTenants),
    saveNote: durably(words.saveNote),
    removeNote: durably(words.removeNote),
    saveDnsSnapshot: durably(dns.saveDnsSnapshot),
    savePointers: durably(dns.savePointers),
    saveMailbox: durably(mailboxes.save),
    saveAfter: durably(mailboxes.saveAfter),
    removeMailbox: durably(mailboxes.remove),
    close: async () => guarded(() => void database.close()),
  };
}
