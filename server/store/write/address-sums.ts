import type { Connection } from '../connection.ts';
import { createAddressDays } from './address-days.ts';
import type { AddressNames, Cell } from './address-names.ts';
import { createStreamSums } from './stream-sums.ts';

/** The sums of addresses and of the streams that their names make them part of. */
export interface AddressSums {
  /** Adds cells to an address, and moves all it has where that gives it another name. */
  settle(policyDomainId: number, addressId: number, cells: Cell[]): void;
  /** Moves what an address has from one row of `source` to another. Returns how many shares moved. */
  move(policyDomainId: number, addressId: number, before: number, after: number): number;
  flush(): void;
  clear(): void;
}

/** Shares that are gathered before they are written all the same. */
const SHARES_GATHERED = 20_000;

export function createAddressSums(database: Connection, names: AddressNames): AddressSums {
  const base = createAddressDays(database);
  const streams = createStreamSums(database);

  const move = (domainId: number, addressId: number, before: number, after: number): number => {
    let moved = 0;
    for (const shares of base.of(domainId, addressId)) {
      for (const share of shares) {
        streams.add(domainId, before, { ...share, messages: -share.messages });
        streams.add(domainId, after, share);
      }
      moved += shares.length;
      if (streams.size() >= SHARES_GATHERED) streams.flush();
    }
    return moved;
  };

  return {
    settle: (domainId, addressId, cells) => {
      base.add(domainId, addressId, cells);
      const { before, after } = names.update(domainId, addressId, cells);
      const sourceRow = before ?? after;
      for (const cell of cells) streams.add(domainId, sourceRow, cell);
      if (sourceRow !== after) move(domainId, addressId, sourceRow, after);
    },
    move,
    flush: () => streams.flush(),
    clear: () => streams.clear(),
  };
}
