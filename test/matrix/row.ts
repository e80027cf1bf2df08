import type { LedgerRow, StoreReader } from '../../server/store/store.ts';

/** One input of a row. */
export interface MatrixCase {
  /** The attack, in a few words. */
  attack: string;
  /** The bytes of the mail, made when they are needed and not held. */
  mail: () => Buffer;
  /**
   * What the ledger says of each of its documents, in order: 'stored', 'stored trailing-bytes' with
   * its warnings, 'refused doctype', 'not-a-report empty', 'duplicate' …
   */
  expected: readonly string[];
  /** What is counted of it; else 5 for each document stored. */
  messages?: number;
}

/** A row of the matrix of hostile input, by its id. */
export interface MatrixRow {
  id: string;
  about: string;
  cases: () => readonly MatrixCase[] | Promise<readonly MatrixCase[]>;
  /** Read by the built program in a process of its own, under a cap on its memory. */
  inOwnProcess?: boolean;
  /** Whatever else must hold, once the outcomes do. */
  also?: (fed: Fed) => Promise<void> | void;
}

/** A store into which the cases of a row were read, each between two good reports. */
export interface Fed {
  mailsDir: string;
  dataDir: string;
  reader: StoreReader;
  /** The ledger's row of each case, in their order. */
  rows: LedgerRow[];
}
