import type { Connection } from '../connection.ts';
import { type ReportDays, sharesByDay } from '../days.ts';
import type { SourceNaming } from '../store.ts';
import { createKnownFacts } from './address-facts.ts';
import { type Cell, createAddressNames } from './address-names.ts';
import { createAddressSums } from './address-sums.ts';
import type { Dictionaries } from './dictionaries.ts';
import { createDomainVersions } from './domain-versions.ts';
import { inner, inOrder } from './nested-maps.ts';
import type { ProfileEntry } from './profile-dictionary.ts';
import { createReporterSums } from './reporter-sums.ts';

/** Whose messages are added or taken away. */
export interface Contributor {
  policyDomainId: number;
  reporterId: number;
  days: ReportDays;
  timed: 0 | 1;
  /** 1: the report counts from now on; -1: it no longer does; 0: its addresses are named, no more. */
  sign: 1 | -1 | 0;
}

/** Keeps all sums of counted reports, and the names of addresses. Gathers, and writes on `flush`. */
export interface RollUps {
  /** A transaction has begun: what another process has told of DNS holds from here. */
  begin(): void;
  /** A report of this domain came, or went, with or without rows. */
  touch(policyDomainId: number): void;
  add(contributor: Contributor, addressId: number, profile: ProfileEntry, count: number): void;
  /** Decides the name of an address anew. Returns how many sums moved to another source, null where it stayed. */
  rename(policyDomainId: number, addressId: number): number | null;
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
  const facts = createKnownFacts(database);
  const names = createAddressNames(database, naming, dictionaries, facts);
  const sums = createAddressSums(database, names);
  const reporters = createReporterSums(database);
  const versions = createDomainVersions(database);
  /** By policy domain and address. */
  const gathered = new Map<number, Map<number, Cell[]>>();
  let cellCount = 0;

  const cellsOf = (policyDomainId: number, addressId: number): Cell[] => {
    const addresses = inner(gathered, policyDomainId);
    let cells = addresses.get(addressId);
    if (cells === undefined) addresses.set(addressId, (cells = []));
    return cells;
  };

  const flush = (): void => {
    for (const [domainId, addresses] of gathered) {
      for (const [addressId, cells] of inOrder(addresses)) sums.settle(domainId, addressId, cells);
    }
    sums.flush();
    reporters.flush();
    versions.flush();
    gathered.clear();
    cellCount = 0;
  };

  return {
    begin: () => facts.refresh(),
    touch: (policyDomainId) => versions.touch(policyDomainId),
    add: ({ policyDomainId, reporterId, days, timed, sign }, addressId, profile, count) => {
      const cells = cellsOf(policyDomainId, addressId);
      const { shapeId, facet } = profile;
      const shares = sign === 0 ? [] : sharesByDay(days, count);
      for (const [day, share] of shares) {
        const messages = sign * share;
        cells.push({ addressId, day, profile, shapeId, reporterId, timed, messages });
        reporters.add(policyDomainId, day, reporterId, facet, messages);
      }
      // An address that is only named takes its place in memory too.
      cellCount += Math.max(1, shares.length);
      if (cellCount >= CELLS_GATHERED) flush();
    },
    rename: (policyDomainId, addressId) => {
      const { before, after, changed } = names.decideAgain(policyDomainId, addressId);
      if (changed) versions.touch(policyDomainId);
      const stays = before === null || before === after;
      return stays ? null : sums.move(policyDomainId, addressId, before, after);
    },
    flush,
    clear: () => {
      gathered.clear();
      cellCount = 0;
      for (const part of [facts, names, sums, reporters, versions]) part.clear();
    },
  };
}
