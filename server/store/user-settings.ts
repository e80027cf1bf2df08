import { setTimeout as sleep } from 'node:timers/promises';
import { BUSY_TIMEOUT_MILLISECONDS, type Connection } from './connection.ts';
import { createDnsWrites } from './dns-writes.ts';
import { createStoredMailboxes } from './mailbox-rows.ts';
import { watchPlace } from './file-place.ts';
import type { StoreSettings } from './store.ts';
import { guarded, StoreProblem } from './store-problem.ts';
import { createUpkeepSave } from './upkeep-rows.ts';
import { createWordWrites } from './word-writes.ts';

/** Between two tries for the lock. */
const TRY_AGAIN_MS = 50;

/**
 * Small writes of the user, each a short transaction that waits for the ingest process's. It is this
 * process that answers pages: it does not stand still while it waits.
 */
export function createUserSettings(database: Connection): StoreSettings {
  const mailboxes = createStoredMailboxes(database);
  const words = createWordWrites(database);
  const dns = createDnsWrites(database);
  const checkPlace = watchPlace(database.name);
  database.pragma('busy_timeout = 0');
  const durably = <A extends unknown[], R>(
    work: (...args: A) => R,
  ): ((...args: A) => Promise<R>) => {
    const transaction = database.transaction(work);
    return (...args) =>
      onceUnlocked(() => {
        checkPlace();
        return transaction.immediate(...args);
      });
  };
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
    saveUpkeep: durably(createUpkeepSave(database)),
    close: async () => guarded(() => void database.close()),
  };
}

async function onceUnlocked<R>(work: () => R): Promise<R> {
  const deadlineMs = performance.now() + BUSY_TIMEOUT_MILLISECONDS;
  for (;;) {
    try {
      return guarded(work);
    } catch (error) {
      const isBusy = error instanceof StoreProblem && error.code === 'busy';
      if (!isBusy || performance.now() > deadlineMs) throw error;
    }
    await sleep(TRY_AGAIN_MS);
  }
}
