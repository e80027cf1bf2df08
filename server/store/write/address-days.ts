import type { Connection } from '../connection.ts';
import { eachPair } from '../reported.ts';
import { createReportedSums } from './reported-sums.ts';
import { eachRun, type Share } from './shares.ts';

type AddressDay = Omit<Share, 'addressId' | 'reporterId' | 'messages'> & { reporters: string };

/** Rows that are read at once: a cursor may not stay open while its connection writes. */
const ROWS_AT_ONCE = 5_000;

/** The base roll-up: rows of one address for one domain. */
export function createAddressDays(database: Connection) {
  const addToSum = createReportedSums(database, 'address_day', [
    'policy_domain_id',
    'address_id',
    'day',
    'shape_id',
    'timed',
  ]);
  const after = database.prepare<number[], AddressDay>(/* sql */ `
    SELECT day, shape_id AS shapeId, timed, reporters FROM address_day
    WHERE policy_domain_id = ? AND address_id = ? AND (day, shape_id, timed) > (?, ?, ?)
    ORDER BY day, shape_id, timed LIMIT ?
  `);
  return {
    add: (domainId: number, addressId: number, shares: Share[]): void => {
      shares.sort(byPlace);
      eachRun(shares, byPlace, ({ day, shapeId, timed }, run) =>
        addToSum([domainId, addressId, day, shapeId, timed], run),
      );
    },
    /** All shares of an address, in pages. */
    *of(domainId: number, addressId: number): Generator<Share[]> {
      let last: Omit<AddressDay, 'reporters'> = { day: -2, shapeId: 0, timed: 0 };
      for (;;) {
        const { day, shapeId, timed } = last;
        const rows = after.all(domainId, addressId, day, shapeId, timed, ROWS_AT_ONCE);
        yield rows.flatMap((row) => sharesOf(addressId, row));
        const end = rows.at(-1);
        if (end === undefined || rows.length < ROWS_AT_ONCE) return;
        last = end;
      }
    },
  };
}

const byPlace = (a: Share, b: Share): number =>
  a.day - b.day || a.shapeId - b.shapeId || a.timed - b.timed;

function sharesOf(addressId: number, { day, shapeId, timed, reporters }: AddressDay): Share[] {
  const shares: Share[] = [];
  eachPair(reporters, (reporterId, messages) =>
    shares.push({ addressId, day, shapeId, timed, reporterId, messages }),
  );
  return shares;
}
