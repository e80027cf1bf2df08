import { openTempStore, type TempStore } from '../server/store/temp-store.ts';
import type { Dovecot } from './dovecot.ts';
import type { Maildir } from './maildir.ts';
import { type ActOptions, lookAndAct, lookOnce, type LookOptions, USER } from './polling.ts';

let folderCount = 0;

/** A folder of its own for each test, and a store. */
export interface FolderRig {
  folder: string;
  maildir: Maildir;
  store: TempStore;
  look(options?: Partial<LookOptions>): ReturnType<typeof lookOnce>;
  /** Looks, and then does with stored reports what is chosen. */
  act(options: Partial<ActOptions>): ReturnType<typeof lookAndAct>;
  /** Outcome or reason of every document, by UID. */
  outcomes(): Promise<Record<number, string[]>>;
  totalMessages(): Promise<number>;
}

/** @param port of the server, or of a proxy before it. */
export async function makeFolderRig(server: Dovecot, port: number): Promise<FolderRig> {
  folderCount += 1;
  const folder = `Folder${folderCount}`;
  const store = await openTempStore();
  const { writer, reader, mailboxId } = store;
  return {
    folder,
    maildir: server.maildir(USER).subfolder(folder),
    store,
    look: (options = {}) => lookOnce(port, { ledger: writer, mailboxId, folder, ...options }),
    act: (options) => lookAndAct(port, { ledger: writer, mailboxId, folder, ...options }),
    outcomes: async () => {
      const { items } = await reader.ledger({ mailboxId, outcome: null }, null, 500);
      const entries = items.map(({ uid, state, documents }): [number, string[]] => [
        uid,
        state === 'done' ? documents.map(({ outcome, reason }) => reason ?? outcome) : [state],
      ]);
      return Object.fromEntries(entries);
    },
    totalMessages: async () =>
      (await reader.totals({ domain: null, from: null, to: null })).tally.messages,
  };
}
