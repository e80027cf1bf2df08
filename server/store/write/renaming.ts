import type { Connection } from '../connection.ts';
import type { RollUps } from './roll-ups.ts';

/** Addresses of one transaction, unless their sums are many. */
const ADDRESSES_AT_ONCE = 500;
/** Rows of sums after which a transaction ends: ingest waits for it. */
const ROWS_AT_ONCE = 20_000;

/** Decides anew the names of some addresses of a domain, from the one after `afterAddressId` on. */
export function createRenaming(
  database: Connection,
  rollUps: RollUps,
): (domain: string, afterAddressId: number) => { moved: number; next: number | null } {
  const domainId = database
    .prepare<[name: string], number>('SELECT id FROM policy_domain WHERE name = ?')
    .pluck();
  const addresses = database
    .prepare<[domainId: number, after: number, limit: number], number>(
      /* sql */ `
      SELECT address_id FROM address_name
      WHERE policy_domain_id = ? AND address_id > ? ORDER BY address_id LIMIT ?
    `,
    )
    .pluck();
  return (domain, afterAddressId) => {
    const id = domainId.get(domain);
    if (id === undefined) return { moved: 0, next: null };
    let moved = 0;
    let rows = 0;
    const some = addresses.all(id, afterAddressId, ADDRESSES_AT_ONCE);
    for (const addressId of some) {
      const movedRows = rollUps.rename(id, addressId);
      if (movedRows !== null) moved += 1;
      rows += movedRows ?? 0;
      if (rows >= ROWS_AT_ONCE) return { moved, next: addressId };
    }
    return { moved, next: some.length < ADDRESSES_AT_ONCE ? null : (some.at(-1) ?? null) };
  };
}
