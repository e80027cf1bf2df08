/** What is let go by age, what is forgotten on demand, and what was last done for the store's safety. */

/** Unix seconds: what came before that is let go; null: nothing of it is. */
export interface LetGoBefore {
  xml: number | null;
  refused: number | null;
  otherMail: number | null;
}

export interface LetGone {
  /** Kept bytes of reports, and of what could not be read. */
  xml: number;
  refused: number;
  /** Messages that were no report and have no ledger row any more. */
  otherMail: number;
}

/** Which reports are to be forgotten. */
export interface ForgetFilter {
  /** Days since 1970, UTC: reports whose last day is earlier; one without a day by the day it came. */
  beforeDay: number;
  /** null: of every domain. */
  domain: string | null;
}

/** Sums over reports that count, or counted until they were forgotten. */
export interface Forgotten {
  reports: number;
  records: number;
  messages: number;
}

export interface Forgettable extends Forgotten {
  domains: ({ domain: string } & Forgotten)[];
}

/** The last of each kind, with what came of it. */
export type Upkeep =
  | {
      kind: 'verify';
      endedSeconds: number;
      reports: number;
      withoutBytes: number;
      /** What differs, in words: none where all is as it must be. */
      findings: { what: string; count: number; advice: string }[];
    }
  | { kind: 'backup'; endedSeconds: number; file: string; reports: number; bytes: number }
  | { kind: 'retention'; endedSeconds: number; letGone: LetGone };

/** Who writes what the store knows of its own upkeep. */
export interface UpkeepWriter {
  saveUpkeep(upkeep: Upkeep): Promise<void>;
}

/** Taking things out of the store; each in many small transactions, so that mail is read in between. */
export interface KeepingWriter extends UpkeepWriter {
  /** Lets go of kept bytes and of ledger rows. No sum and no count changes. */
  letGo(before: LetGoBefore): Promise<LetGone>;
  /**
   * Removes records, sums and kept bytes of these reports. That they came stays, so that they are known
   * when their mail is seen again.
   */
  forget(filter: ForgetFilter, nowSeconds: number): Promise<Forgotten>;
}

/** How large a store is, and what it holds. */
export interface StoreSize {
  bytes: number;
  /** Of them, free for what comes next. */
  freeBytes: number;
  reports: number;
  forgottenReports: number;
  /** Documents whose bytes are kept. */
  kept: number;
}

export interface KeepingReader {
  /** The end of the newest report, by its reporter's clock; null without one. */
  newestReportEnd(): Promise<number | null>;
  forgettable(filter: ForgetFilter): Promise<Forgettable>;
  upkeep(): Promise<Upkeep[]>;
  storeSize(): Promise<StoreSize>;
}
