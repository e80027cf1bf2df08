import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import type { Connection } from './connection.ts';
import { createCountUp } from './count-up.ts';
import type { AddressPointer } from './store.ts';

interface NamedNetwork {
  network: string;
  include: string | null;
}

type About = 'spf' | 'mx' | 'address';

/** What DNS has told. Addresses are named after it when their names are next decided. */
export function createDnsWrites(database: Connection) {
  const save = database.prepare<[domain: string, askedSeconds: number, body: string]>(/* sql */ `
    INSERT INTO dns_snapshot (policy_domain, asked_seconds, body) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET body = excluded.body
  `);
  const newest = database
    .prepare<[domain: string], number>(
      'SELECT max(asked_seconds) FROM dns_snapshot WHERE policy_domain = ?',
    )
    .pluck();
  const forget = database.prepare<[domain: string, about: About]>(
    'DELETE FROM domain_network WHERE policy_domain = ? AND about = ?',
  );
  const insert = database.prepare<[string, About, number, string, string | null]>(/* sql */ `
    INSERT INTO domain_network (policy_domain, about, position, network, include)
    VALUES (?, ?, ?, ?, ?)
  `);
  const savePointer = database.prepare<[string | null, 0 | 1, number, sourceIp: string]>(/* sql */ `
    INSERT OR REPLACE INTO pointer (address_id, name, confirmed, asked_seconds)
    SELECT id, ?, ?, ? FROM address WHERE source_ip = ?
  `);
  const countUp = createCountUp(database);

  return {
    saveDnsSnapshot: (snapshot: DnsSnapshot): void => {
      const { domain, askedSeconds } = snapshot;
      save.run(domain, askedSeconds, JSON.stringify(snapshot));
      countUp(domain);
      if (newest.get(domain) !== askedSeconds) return;
      for (const [about, networks] of knownNetworks(snapshot)) {
        forget.run(domain, about);
        networks.forEach(({ network, include }, position) =>
          insert.run(domain, about, position, network, include),
        );
      }
    },
    savePointers: (pointers: readonly AddressPointer[], nowSeconds: number): void => {
      for (const { sourceIp, name, confirmed } of pointers) {
        savePointer.run(name, name !== null && confirmed ? 1 : 0, nowSeconds, sourceIp);
      }
    },
  };
}

/** What the snapshot knows; what it could not learn stays as it was known before. */
function knownNetworks({ spf, mx, addresses }: DnsSnapshot): [About, NamedNetwork[]][] {
  const known: [About, NamedNetwork[]][] = [];
  if (spf.state !== 'unknown') known.push(['spf', spf.networks]);
  if (mx.state !== 'unknown')
    known.push(['mx', mx.hosts.flatMap((host) => host.addresses.map(hostNetwork))]);
  // A snapshot does not say whether addresses are absent or unknown: trouble elsewhere tells.
  if (addresses.length > 0 || (spf.state !== 'unknown' && mx.state !== 'unknown'))
    known.push(['address', addresses.map(hostNetwork)]);
  return known;
}

const hostNetwork = (address: string): NamedNetwork => ({
  network: `${address}/${address.includes(':') ? 128 : 32}`,
  include: null,
});
