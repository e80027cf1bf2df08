import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';
import { inner, inOrder } from './nested-maps.ts';
import { createSumTable } from './sum-table.ts';

/** Changes of `reporter_day`, gathered in memory: many records of a batch fall on one sum. */
export interface ReporterSums {
  add(
    policyDomainId: number,
    day: number,
    reporterId: number,
    facet: number,
    messages: number,
  ): void;
  /** Writes what was gathered. */
  flush(): void;
  clear(): void;
}

const FACETS = 180;

export function createReporterSums(database: Connection): ReporterSums {
  const addToSum = createSumTable(database, 'reporter_day', [
    'policy_domain_id',
    'day',
    'reporter_id',
    'facet',
  ]);
  /** By policy domain, day, reporter and facet, the last two in one number. */
  const gathered = new Map<number, Map<number, Map<number, number>>>();

  return {
    add: (policyDomainId, day, reporterId, facet, messages) => {
      const sums = inner(inner(gathered, policyDomainId), day - WITHOUT_A_DAY);
      const place = reporterId * FACETS + facet;
      sums.set(place, (sums.get(place) ?? 0) + messages);
    },
    flush: () => {
      // In the order of the key, so that neighbours in the tree are written together.
      for (const [domain, days] of inOrder(gathered)) {
        for (const [day, sums] of inOrder(days)) {
          for (const [place, messages] of inOrder(sums)) {
            const facet = place % FACETS;
            addToSum([domain, day + WITHOUT_A_DAY, (place - facet) / FACETS, facet], messages);
          }
        }
      }
      gathered.clear();
    },
    clear: () => gathered.clear(),
  };
}
