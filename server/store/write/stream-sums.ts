import type { Connection } from '../connection.ts';
import { inner, inOrder } from './nested-maps.ts';
import { createReportedSums } from './reported-sums.ts';
import { eachRun, type Share } from './shares.ts';
import { createStreamDictionary } from './stream-dictionary.ts';
import { createUnalignedSums } from './unaligned-sums.ts';

/** Changes of `stream_day` and `unaligned_address`, gathered in memory for a batch. */
export interface StreamSums {
  /** @param sourceRow row of `source` */
  add(policyDomainId: number, sourceRow: number, share: Share): void;
  /** Shares gathered and not yet written. */
  size(): number;
  flush(): void;
  clear(): void;
}

export function createStreamSums(database: Connection): StreamSums {
  const streams = createStreamDictionary(database);
  const unaligned = createUnalignedSums(database);
  const addToDay = createReportedSums(database, 'stream_day', ['stream_id', 'day']);
  /** By policy domain and source. */
  const gathered = new Map<number, Map<number, Share[]>>();
  let size = 0;
  const forget = (): void => {
    gathered.clear();
    size = 0;
  };

  return {
    add: (policyDomainId, sourceRow, share) => {
      const sources = inner(gathered, policyDomainId);
      const shares = sources.get(sourceRow);
      if (shares === undefined) sources.set(sourceRow, [share]);
      else shares.push(share);
      size += 1;
    },
    size: () => size,
    flush: () => {
      for (const [policyDomainId, sources] of inOrder(gathered)) {
        for (const [sourceRow, shares] of inOrder(sources)) {
          const streamOf = (shapeId: number, timed: 0 | 1): number =>
            streams.idOf(policyDomainId, sourceRow, shapeId, timed);
          shares.sort(byStream);
          eachRun(shares, byStream, ({ shapeId, timed, day }, run) =>
            addToDay([streamOf(shapeId, timed), day], run),
          );
          unaligned.add(shares, streamOf);
        }
      }
      forget();
    },
    clear: () => {
      forget();
      streams.clear();
      unaligned.clear();
    },
  };
}

const byStream = (a: Share, b: Share): number =>
  a.shapeId - b.shapeId || a.timed - b.timed || a.day - b.day;
