import type { MailboxForm, MailboxState, MailboxTestResponse } from './api/contract.ts';
import type { RunCounts } from './run-summary.ts';
import type { KeepDays } from './keep-days.ts';
import type { LogLevel } from './settings.ts';
import type { Reparsed } from './repair/reparse.ts';
import type { Retried } from './repair/retry.ts';
import type { Forgotten, ForgetFilter } from './store/store.ts';
import type { EnvironmentMailbox } from './mailbox-access.ts';

/** What the page's process and the ingest process say to each other, as plain data. */

/** The ingest process says so often that it is alive. */
export const ALIVE_MS = 10_000;

/**
 * How the ingest process ends where the store or the machine, and nothing that it read, keeps it from
 * its work: EX_TEMPFAIL of sysexits.h.
 */
export const GAVE_UP_STATUS = 75;

export interface IngestSettings {
  dataDir: string;
  keyFile: string | null;
  pollSeconds: number;
  keep: KeepDays;
  logLevel: LogLevel;
  /** The mailbox of the environment: its password travels here, never by argument or variable. */
  mailbox: EnvironmentMailbox | null;
}

/**
 * A piece of work with an end. It is given again to a new ingest process when one dies with it in hand,
 * but not without end: it may be what kills.
 */
export type IngestJob =
  | { kind: 'import'; paths: string[]; name: string | null }
  | { kind: 'poll'; mailbox: EnvironmentMailbox | null }
  /** DNS told something new about the addresses of a domain; null: of all. */
  | { kind: 'rename'; domain: string | null }
  /** Another chance for refused mail; null: of every message. */
  | { kind: 'retry'; messageIds: number[] | null }
  /** What was stored, read again from its kept bytes; null: every report. */
  | { kind: 'reparse'; reportId: number | null }
  | { kind: 'forget'; filter: ForgetFilter };

export interface JobProgress {
  seen: number;
  total: number | null;
  stored: number;
}

/** What a job did, and in words what kept it from doing the rest. */
export interface JobResult {
  counts: RunCounts;
  failures: string[];
  /** Of jobs that read no mail. */
  said?:
    | { kind: 'retried'; retried: Retried[] }
    | { kind: 'reparsed'; reparsed: Reparsed }
    | { kind: 'forgotten'; forgotten: Forgotten };
}

export type JobEnd = ({ ok: true } & JobResult) | { ok: false; message: string };

export type ToIngest =
  | { kind: 'start'; settings: IngestSettings }
  | { kind: 'job'; id: string; job: IngestJob }
  | { kind: 'look'; mailboxId: number }
  | { kind: 'reload' }
  | { kind: 'test'; id: string; form: MailboxForm }
  | { kind: 'stop' };

export type FromIngest =
  | { kind: 'ready' }
  | { kind: 'alive' }
  | { kind: 'mailbox'; id: number; status: MailboxState }
  | { kind: 'progress'; id: string; progress: JobProgress }
  | { kind: 'finished'; id: string; end: JobEnd }
  | { kind: 'tested'; id: string; result: MailboxTestResponse }
  | { kind: 'stored'; reports: number }
  /** Reading has paused, in words with what to do; null: it goes on. */
  | { kind: 'attention'; message: string | null };
