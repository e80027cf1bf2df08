import type { RecordedCall } from './system-call-record.ts';

/** A point of a run of `poll`, found in the record of an undisturbed one. */
export interface NamedPoint {
  name: string;
  at: RecordedCall;
}

const WAL = 'ruadmap.db-wal';
const DATABASE = 'ruadmap.db';
/** A transaction of more pages than this holds reports; one of attempts or of a folder never does. */
const PAGES_OF_REPORTS = 50;

/** One durable transaction: its pages, and the wait for the disk. */
interface Transaction {
  pages: RecordedCall[];
  sync: RecordedCall;
  /** The first call after it. */
  next: RecordedCall;
}

/** Points by name, in the order in which a run comes by them. @throws where a run has none of a kind */
export function namedPoints(record: readonly RecordedCall[]): NamedPoint[] {
  const from = record.findIndex(({ call }) => call === 'connect');
  const session = record.slice(from);
  const transactions = transactionsOf(session);
  const isDecided = ({ pages }: Transaction): boolean => pages.length > PAGES_OF_REPORTS;
  const decided = transactions.filter(isDecided);
  // The one before: nothing is written while a batch is read.
  const attempts = transactions.filter((_, place) =>
    transactions.slice(place + 1, place + 2).some(isDecided),
  );
  const progress = transactions.at(-1);
  return [
    point('before the connection', session[0]),
    ...attempts
      .slice(0, 2)
      .flatMap((one, batch) => [
        point(`attempts of batch ${batch + 1} counted: first page`, one.pages[0]),
        point(`attempts of batch ${batch + 1} counted: a page between`, middle(one.pages)),
        point(`attempts of batch ${batch + 1} counted: written, not synced`, one.sync),
        point(`attempts of batch ${batch + 1} counted: durable`, one.next),
      ]),
    ...decided
      .slice(0, 2)
      .flatMap((one, batch) => [
        point(`batch ${batch + 1} decided: before any page`, one.pages[0]),
        point(`batch ${batch + 1} decided: bytes kept`, at(one.pages, 0.25)),
        point(`batch ${batch + 1} decided: rows`, at(one.pages, 0.5)),
        point(`batch ${batch + 1} decided: ledger, the last page`, one.pages.at(-1)),
        point(`batch ${batch + 1} decided: written, not synced`, one.sync),
        point(`batch ${batch + 1} decided: durable`, one.next),
      ]),
    point('progress of the folder: first page', progress?.pages[0]),
    point('progress of the folder: written, not synced', progress?.sync),
    point('progress of the folder: durable', progress?.next),
    ...checkpoint(session),
  ];
}

function checkpoint(session: readonly RecordedCall[]): NamedPoint[] {
  const pages = session.filter(({ call, file }) => call === 'pwrite64' && file === DATABASE);
  const last = (call: string, file: string): RecordedCall | undefined =>
    session.filter((one) => one.call === call && one.file === file).at(-1);
  return [
    point('checkpoint: first page', pages[0]),
    point('checkpoint: a page between', middle(pages)),
    point('checkpoint: the last page', pages.at(-1)),
    point('checkpoint: written, not synced', last('fsync', DATABASE)),
    point('checkpoint: the index of the log removed', last('unlink', 'ruadmap.db-shm')),
    point('checkpoint: the log removed', last('unlink', WAL)),
  ];
}

function transactionsOf(session: readonly RecordedCall[]): Transaction[] {
  const transactions: Transaction[] = [];
  let pages: RecordedCall[] = [];
  for (const [place, one] of session.entries()) {
    if (one.file === WAL && one.call === 'pwrite64') pages.push(one);
    else if (one.file === WAL && one.call === 'fsync' && pages.length > 0) {
      transactions.push({ pages, sync: one, next: session[place + 1] ?? one });
      pages = [];
    }
  }
  return transactions;
}

const at = (calls: readonly RecordedCall[], share: number): RecordedCall | undefined =>
  calls[Math.floor(calls.length * share)];
const middle = (calls: readonly RecordedCall[]): RecordedCall | undefined => at(calls, 0.5);

function point(name: string, call: RecordedCall | undefined): NamedPoint {
  if (call === undefined) throw new Error(`The record has no point "${name}".`);
  return { name, at: call };
}
