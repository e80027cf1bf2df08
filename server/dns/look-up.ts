/** Data of each record type that is asked for. */
export interface RecordData {
  A: string;
  AAAA: string;
  /** The pieces of one TXT record, joined. */
  TXT: string;
  MX: { preference: number; exchange: string };
  PTR: string;
}

export type RecordType = keyof RecordData;

/**
 * Why nothing was learnt. `limit`: the run has asked as much as it may; `gave-up`: it was not asked,
 * after many questions without an answer; `chain`: aliases that loop or are too long; `aborted`: the
 * caller stopped it.
 */
export type FailReason =
  | 'timeout'
  | 'unreachable'
  | 'servfail'
  | 'refused'
  | 'malformed'
  | 'chain'
  | 'limit'
  | 'gave-up'
  | 'aborted';

/**
 * What DNS says of a name and type. TTLs in seconds, the smallest on the way; of a negative answer
 * that of its SOA, null without one. `cnames`: names that the look-up was sent on to, in order.
 */
export type LookUp<T extends RecordType> =
  | { kind: 'found'; data: RecordData[T][]; ttlSeconds: number; cnames: string[] }
  | { kind: 'no-data' | 'no-such-name'; ttlSeconds: number | null; cnames: string[] }
  | { kind: 'failed'; reason: FailReason };

export interface Resolver {
  /** 'system', or HOST:PORT. */
  readonly name: string;
  /** Never throws on what comes from the network; a text that can be no name is `no-such-name`. */
  lookUp<T extends RecordType>(name: string, type: T): Promise<LookUp<T>>;
}

/** A failure in words. */
export const FAILURES: Readonly<Record<FailReason, string>> = {
  timeout: 'no answer in time',
  unreachable: 'the resolver cannot be reached',
  servfail: 'the resolver said SERVFAIL',
  refused: 'the resolver refused',
  malformed: 'the answer could not be read',
  chain: 'its aliases lead in a circle or too far',
  limit: 'too many look-ups',
  'gave-up': 'not asked, after too many questions without an answer',
  aborted: 'it was stopped',
};
