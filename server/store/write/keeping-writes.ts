import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, emptyLog } from '../connection.ts';
import type { Forgotten, KeepingWriter, LetGone } from '../keeping.ts';
import { createUpkeepSave } from '../upkeep-rows.ts';
import { createLettingGo, type LetGoPart } from './letting-go.ts';
import type { ReportTables } from './report-tables.ts';

/** Between two transactions: mail that came meanwhile is committed first. */
const PAUSE_MS = 5;
/** For so long readers are waited for that still need what the log holds. */
const LOG_TRIES = 20;
const LOG_PAUSE_MS = 100;

/**
 * What takes things out of the store, one small transaction after the other. Called again after a
 * failure, each goes on with what is left.
 * @param inPlace does something while the database is still the file of its name
 */
export function createKeepingWrites(
  database: Connection,
  reports: ReportTables,
  inPlace: <T>(work: () => T) => T,
): KeepingWriter {
  const durably = <T>(work: () => T): T => inPlace(() => database.transaction(work).immediate());
  const lettingGo = createLettingGo(database);
  const save = createUpkeepSave(database);
  const mailboxIds = database.prepare<[], number>('SELECT id FROM mailbox ORDER BY id').pluck();

  const everyPart = async (part: (after: number) => LetGoPart): Promise<number> => {
    let gone = 0;
    for (let from: number | null = 0; from !== null;) {
      const after: number = from;
      const done = durably(() => part(after));
      gone += done.gone;
      from = done.next;
      if (from !== null) await sleep(PAUSE_MS);
    }
    return gone;
  };

  /** What was removed is not left to be read in the log. The database is overwritten by SQLite itself. */
  const withoutTrace = async (): Promise<void> => {
    for (let tries = 0; tries < LOG_TRIES; tries += 1) {
      if (inPlace(() => emptyLog(database))) return;
      await sleep(LOG_PAUSE_MS);
    }
  };

  return {
    saveUpkeep: async (upkeep) => durably(() => save(upkeep)),
    letGo: async ({ xml, refused, otherMail }) => {
      const gone: LetGone = { xml: 0, refused: 0, otherMail: 0 };
      if (refused !== null) gone.refused = await everyPart(() => lettingGo.refused(refused));
      if (xml !== null) gone.xml = await everyPart(() => lettingGo.xml(xml));
      if (otherMail !== null) {
        for (const id of inPlace(() => mailboxIds.all()))
          gone.otherMail += await everyPart((after) => lettingGo.otherMail(id, otherMail, after));
      }
      if (gone.xml + gone.refused + gone.otherMail > 0) await withoutTrace();
      return gone;
    },
    forget: async (filter, nowSeconds) => {
      const sum: Forgotten = { reports: 0, records: 0, messages: 0 };
      for (let from: number | null = 0; from !== null;) {
        const after: number = from;
        const part = inPlace(() => reports.forgetSome(filter, after, nowSeconds));
        sum.reports += part.reports;
        sum.records += part.records;
        sum.messages += part.messages;
        from = part.next;
        if (from !== null) await sleep(PAUSE_MS);
      }
      const dropping = reports.dropUnusedProfiles();
      while (inPlace(() => dropping.next()).done !== true) await sleep(PAUSE_MS);
      await withoutTrace();
      return sum;
    },
  };
}
