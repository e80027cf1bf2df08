import type { FastifyBaseLogger } from 'fastify';
import type { Insight } from '../insight/insight.ts';
import type { StoredMailbox, StoreReader, StoreSettings } from '../store/store.ts';
import type {
  AfterChoice,
  MailboxForm,
  MailboxState,
  MailboxTestResponse,
  ServerEvents,
} from './contract.ts';
import type { LedgerRetryResponse } from './contract-ledger.ts';
import type { StoreResponse } from './contract-store.ts';
import type { HttpLimits } from './http-limits.ts';

/** One event of the ingest process, as pages are told it. */
export type ServerEvent = {
  [Name in keyof ServerEvents]: { name: Name; data: ServerEvents[Name] };
}[keyof ServerEvents];

/** What routes may ask of the ingest process. */
export interface IngestPort {
  state(): { state: 'running' | 'restarting' | 'stopped'; restarts: number };
  /** null where nothing is known of this mailbox yet. */
  mailboxStatus(mailboxId: number): MailboxState | null;
  pollNow(mailboxId: number): void;
  /**
   * Takes over a file of the spool folder, which it removes when done. `name` is what its sender
   * called it: a label, never a path. Returns the id that `import` events carry.
   */
  importSpooled(path: string, name: string): string;
  test(form: MailboxForm): Promise<MailboxTestResponse>;
  /** Another chance for a message that was refused; null where none was heard of in time. */
  retry(messageId: number): Promise<LedgerRetryResponse['retried'] | null>;
  /** The stored mailboxes changed. */
  reloadMailboxes(): void;
  /** Returns what ends the subscription. */
  on(listener: (event: ServerEvent) => void): () => void;
  /** What someone should look at, in words, each with what to do. */
  attention(): string[];
}

/** The user's small writes about mailboxes. */
export interface MailboxPort {
  /** Seals the password before it is stored; an equal mailbox is replaced. */
  save(form: MailboxForm): Promise<StoredMailbox>;
  saveAfter(mailboxId: number, after: AfterChoice): Promise<StoredMailbox>;
  remove(mailboxId: number): Promise<void>;
}

/** What the user says of a domain, and the one question that is put to DNS on a click. */
export interface WordsPort extends Pick<
  StoreSettings,
  | 'classify'
  | 'markFixed'
  | 'setRhythm'
  | 'waive'
  | 'takeBackWaiver'
  | 'saySendsNothing'
  | 'setMicrosoftTenants'
  | 'saveNote'
  | 'removeNote'
> {
  /** Asks DNS about the domain and keeps the answer, also one that found nothing out. */
  checkDns(domain: string): Promise<void>;
}

/** What routes may ask of the store's upkeep. */
export interface UpkeepPort {
  keepDays: StoreResponse['keepDays'];
  /** Begins to read everything again, in the background; false where that runs already. */
  verify(): boolean;
  verifying(): { sinceSeconds: number | null; failed: { words: string; atSeconds: number } | null };
  /** What should be done about the program's place, in words. */
  toDo(): Promise<StoreResponse['toDo']>;
}

/** All that the HTTP side needs from the outside. */
export interface AppDeps {
  reader: StoreReader;
  insight: Insight;
  words: WordsPort;
  ingest: IngestPort;
  mailboxes: MailboxPort;
  upkeep: UpkeepPort;
  /** The built page; null where it was not built. */
  webDir: string | null;
  /** Where uploads wait for the ingest process; made if missing. */
  spoolDir: string;
  version: string;
  demo: boolean;
  /** Unix seconds. */
  now: () => number;
  log: FastifyBaseLogger | false;
  /** Other than `defaultHttpLimits`. */
  limits?: Partial<HttpLimits>;
}
