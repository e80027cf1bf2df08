import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { Connection } from '../connection.ts';
import type { AddressPointer } from '../store.ts';
import { storedJson } from '../stored-json.ts';
import { endOf } from './late-shares.ts';

/** Behind no address, every address is looked at. */
const LAST_ID = '9223372036854775807';

/** What DNS has told, and what it is still to be asked. */
export function createDnsFacts(database: Connection) {
  const snapshots = database
    .prepare<[domain: string, endSeconds: number, limit: number], string>(
      /* sql */ `
      SELECT body FROM dns_snapshot WHERE policy_domain = ? AND asked_seconds < ?
      ORDER BY asked_seconds DESC LIMIT ?
    `,
    )
    .pluck();
  const toLookUp = database
    .prepare<[askedBefore: number, behind: string | null, limit: number], string>(
      /* sql */ `
      SELECT i.source_ip FROM address AS i
      LEFT JOIN pointer AS p ON p.address_id = i.id
      WHERE (p.address_id IS NULL OR p.asked_seconds < ?)
        AND i.id < ifnull((SELECT id FROM address WHERE source_ip = ?), ${LAST_ID})
      ORDER BY i.id DESC LIMIT ?
    `,
    )
    .pluck();
  const pointers = database.prepare<
    [sourceIps: string],
    Omit<AddressPointer, 'confirmed'> & { confirmed: 0 | 1 }
  >(/* sql */ `
    SELECT i.source_ip AS sourceIp, p.name, p.confirmed
    FROM json_each(?) AS j
    CROSS JOIN address AS i ON i.source_ip = j.value
    CROSS JOIN pointer AS p ON p.address_id = i.id
  `);
  return {
    dnsSnapshots: (domain: string, at: number, limit: number): DnsSnapshot[] =>
      snapshots.all(domain, endOf(at), limit).map((body) => storedJson(body) as DnsSnapshot),
    addressesToLookUp: (
      askedBeforeSeconds: number,
      limit: number,
      behind: string | null = null,
    ): string[] => toLookUp.all(askedBeforeSeconds, behind, limit),
    pointers: (sourceIps: readonly string[]): AddressPointer[] =>
      pointers
        .all(JSON.stringify(sourceIps))
        .map((pointer) => ({ ...pointer, confirmed: pointer.confirmed === 1 })),
  };
}
