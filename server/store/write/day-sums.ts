import type { Connection } from '../connection.ts';
import { WITHOUT_A_DAY } from '../days.ts';

/** Changes of one coarse roll-up, gathered in memory: many records of a batch fall on one sum. */
export interface DaySums {
  add(policyDomainId: number, day: number, ownerId: number, facet: number, messages: number): void;
  /** Writes what was gathered. */
  flush(): void;
  clear(): void;
}

const FACETS = 180;

/**
 * @param table `source_day` or `reporter_day`.
 * @param owner its column between day and facet.
 */
export function createDaySums(
  database: Connection,
  table: 'source_day' | 'reporter_day',
  owner: 'source_id' | 'reporter_id',
): DaySums {
  const key = `policy_domain_id = ? AND day = ? AND ${owner} = ? AND facet = ?`;
  const more = database.prepare<number[]>(/* sql */ `
    INSERT INTO ${table} (policy_domain_id, day, ${owner}, facet, messages) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET messages = messages + excluded.messages
  `);
  const fewer = database.prepare<number[]>(
    `UPDATE ${table} SET messages = messages + ? WHERE ${key}`,
  );
  const drop = database.prepare<number[]>(`DELETE FROM ${table} WHERE ${key} AND messages = 0`);
  /** By policy domain, day, owner and facet, the last two in one number. */
  const gathered = new Map<number, Map<number, Map<number, number>>>();

  const write = (domain: number, day: number, ownerId: number, facet: number, messages: number) => {
    if (messages > 0) more.run(domain, day, ownerId, facet, messages);
    if (messages < 0) {
      fewer.run(messages, domain, day, ownerId, facet);
      drop.run(domain, day, ownerId, facet);
    }
  };

  return {
    add: (policyDomainId, day, ownerId, facet, messages) => {
      const sums = inner(inner(gathered, policyDomainId), day - WITHOUT_A_DAY);
      const place = ownerId * FACETS + facet;
      sums.set(place, (sums.get(place) ?? 0) + messages);
    },
    flush: () => {
      // In the order of the key, so that neighbours in the tree are written together.
      for (const [domain, days] of inOrder(gathered)) {
        for (const [day, sums] of inOrder(days)) {
          for (const [place, messages] of inOrder(sums)) {
            const facet = place % FACETS;
            write(domain, day + WITHOUT_A_DAY, (place - facet) / FACETS, facet, messages);
          }
        }
      }
      gathered.clear();
    },
    clear: () => gathered.clear(),
  };
}

function inner<V>(maps: Map<number, Map<number, V>>, key: number): Map<number, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const map = new Map<number, V>();
  maps.set(key, map);
  return map;
}

const inOrder = <V>(map: Map<number, V>): [number, V][] => [...map].sort(([a], [b]) => a - b);
