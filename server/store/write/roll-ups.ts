import type { Connection } from '../connection.ts';
import { type ReportDays, shareOut, WITHOUT_A_DAY } from '../days.ts';
import type { SourceNaming } from '../store.ts';
import { type Cell, createAddressNames } from './address-names.ts';
import { createDaySums, type DaySums } from './day-sums.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { ProfileEntry } from './profile-dictionary.ts';

/** Whose messages are added or taken away. */
export interface Contributor {
  policyDomainId: number;
  reporterId: number;
  days: ReportDays;
  /** 1: the report counts from now on; -1: it no longer does; 0: its addresses are named, no more. */
  sign: 1 | -1 | 0;
}

/** Keeps all sums of counted reports, and the names of addresses. Gathers, and writes on `flush`. */
export interface RollUps {
  add(contributor: Contributor, addressId: number, profile: ProfileEntry, count: number): void;
  /** Must be called before the transaction ends. */
  flush(): void;
  clear(): void;
}

/** What is gathered before it is written all the same: a report may have a million rows. */
const CELLS_GATHERED = 20_000;

export function createRollUps(
  database: Connection,
  naming: SourceNaming,
  dictionaries: Dictionaries,
): RollUps {
  const names = createAddressNames(database, naming, dictionaries);
  const base = addressDays(database);
  const sources = createDaySums(database, 'source_day', 'source_id');
  const reporters = createDaySums(database, 'reporter_day', 'reporter_id');
  /** By policy domain and address. */
  const gathered = new Map<number, Map<number, Cell[]>>();
  let cellCount = 0;

  const flush = (): void => {
    for (const [domainId, addresses] of gathered) {
      const inOrder = [...addresses].sort(([a], [b]) => a - b);
      for (const [addressId, cells] of inOrder) settle(domainId, addressId, cells);
    }
    sources.flush();
    reporters.flush();
    gathered.clear();
    cellCount = 0;
  };

  const settle = (domainId: number, addressId: number, cells: readonly Cell[]): void => {
    for (const cell of cells) base.write(domainId, addressId, cell);
    const { before, after } = names.update(domainId, addressId, cells);
    for (const { day, profile, messages } of cells) {
      sources.add(domainId, day, before ?? after, profile.facet, messages);
    }
    if (before !== null && before !== after) {
      for (const { day, facet, messages } of base.sums(domainId, addressId)) {
        sources.add(domainId, day, before, facet, -messages);
        sources.add(domainId, day, after, facet, messages);
      }
    }
  };

  return {
    add: (contributor, addressId, profile, count) => {
      const cells = cellsOf(gathered, contributor.policyDomainId, addressId);
      const before = cells.length;
      contribute(contributor, profile, count, cells, reporters);
      // An address that is only named takes its place in memory too.
      cellCount += Math.max(1, cells.length - before);
      if (cellCount >= CELLS_GATHERED) flush();
    },
    flush,
    clear: () => {
      gathered.clear();
      cellCount = 0;
      for (const part of [names, sources, reporters]) part.clear();
    },
  };
}

function cellsOf(
  gathered: Map<number, Map<number, Cell[]>>,
  policyDomainId: number,
  addressId: number,
): Cell[] {
  let addresses = gathered.get(policyDomainId);
  if (addresses === undefined)
    gathered.set(policyDomainId, (addresses = new Map<number, Cell[]>()));
  let cells = addresses.get(addressId);
  if (cells === undefined) addresses.set(addressId, (cells = []));
  return cells;
}

function contribute(
  { policyDomainId, reporterId, days, sign }: Contributor,
  profile: ProfileEntry,
  count: number,
  cells: Cell[],
  reporters: DaySums,
): void {
  const put = (day: number, messages: number): void => {
    if (messages === 0) return;
    cells.push({ day, profile, messages });
    reporters.add(policyDomainId, day, reporterId, profile.facet, messages);
  };
  switch (days.kind) {
    case 'without-a-day':
      put(WITHOUT_A_DAY, sign * count);
      break;
    case 'whole':
      put(days.day, sign * count);
      break;
    case 'spread':
      for (const [index, share] of shareOut(count, days.secondsByDay).entries()) {
        put(days.firstDay + index, sign * share);
      }
  }
}

/** The base roll-up: rows of one address for one domain. */
function addressDays(database: Connection) {
  const key = 'policy_domain_id = ? AND address_id = ? AND day = ? AND profile_id = ?';
  const more = database.prepare<number[]>(/* sql */ `
    INSERT INTO address_day (policy_domain_id, address_id, day, profile_id, messages)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET messages = messages + excluded.messages
  `);
  const fewer = database.prepare<number[]>(
    `UPDATE address_day SET messages = messages + ? WHERE ${key}`,
  );
  const drop = database.prepare<number[]>(`DELETE FROM address_day WHERE ${key} AND messages = 0`);
  const sums = database.prepare<
    [number, number],
    { day: number; facet: number; messages: number }
  >(/* sql */ `
    SELECT day, facet, sum(messages) AS messages
    FROM address_day JOIN profile ON profile.id = address_day.profile_id
    WHERE policy_domain_id = ? AND address_id = ?
    GROUP BY day, facet
  `);
  return {
    write: (domainId: number, addressId: number, { day, profile, messages }: Cell): void => {
      if (messages > 0) {
        more.run(domainId, addressId, day, profile.id, messages);
        return;
      }
      fewer.run(messages, domainId, addressId, day, profile.id);
      drop.run(domainId, addressId, day, profile.id);
    },
    sums: (domainId: number, addressId: number) => sums.all(domainId, addressId),
  };
}
