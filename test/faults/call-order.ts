/** A mail of which a command that changes the mailbox left the process before its report was durable. */
export interface TooEarly {
  uid: number;
  command: string;
  why: 'not written' | 'not synced';
}

export interface CallOrder {
  /** Mails named by commands that change the mailbox, in order. */
  changed: number[];
  tooEarly: TooEarly[];
}

const WAL_WRITE = /\b(?:pwrite64|pwritev|write|writev)\(\d+<[^>]*\.db-wal>/;
const WAL_SYNC = /\b(?:fdatasync|fsync)\(\d+<[^>]*\.db-wal>/;
const CHANGE =
  /\b(?:write|writev|sendto|sendmsg)\(.*?"[0-9A-F]+ (UID (?:MOVE|STORE|COPY|EXPUNGE)) ([\d:,]+)/;

/**
 * Reads what `strace -f -y -s 5000` wrote of writes and syncs. A mail is durable when the text that only
 * its report has was written to the -wal, and nothing written there waits for a sync.
 * @param markOf the text of each mail's report, by UID.
 */
export function callOrder(log: readonly string[], markOf: ReadonlyMap<number, string>): CallOrder {
  const uidOf = new Map([...markOf].map(([uid, mark]) => [mark, uid]));
  const marks = /serial-\d{5}/g;
  const written = new Set<number>();
  const syncing = new Set<string>();
  const order: CallOrder = { changed: [], tooEarly: [] };
  let isSynced = true;
  for (const line of log) {
    const process = /^\d+/.exec(line)?.[0] ?? '';
    if (WAL_WRITE.test(line)) {
      isSynced = false;
      for (const [mark] of line.matchAll(marks)) {
        const uid = uidOf.get(mark);
        if (uid !== undefined) written.add(uid);
      }
    } else if (WAL_SYNC.test(line)) {
      if (line.includes('<unfinished')) syncing.add(process);
      else isSynced ||= line.trimEnd().endsWith('= 0');
    } else if (/<\.\.\. (?:fdatasync|fsync) resumed>/.test(line) && syncing.delete(process)) {
      isSynced ||= line.trimEnd().endsWith('= 0');
    } else {
      const [, command = '', set = ''] = CHANGE.exec(line) ?? [];
      for (const uid of uidsOf(set)) {
        order.changed.push(uid);
        if (!written.has(uid)) order.tooEarly.push({ uid, command, why: 'not written' });
        else if (!isSynced) order.tooEarly.push({ uid, command, why: 'not synced' });
      }
    }
  }
  return order;
}

function uidsOf(set: string): number[] {
  if (set === '') return [];
  return set.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
