import type { Connection } from '../connection.ts';
import type { AddressFacts } from '../source-naming.ts';
import { createBoundedCache } from './bounded-cache.ts';
import { createNetworkMatch, type MatchedNetwork, type NetworkMatch } from './network-match.ts';

/** What DNS has told, as it was saved by the page's process. */
export interface KnownFacts {
  of(policyDomainId: number, addressId: number, sourceIp: string): AddressFacts;
  /** At the begin of each transaction: forgets what another process has changed since. */
  refresh(): void;
  clear(): void;
}

interface DomainFacts {
  policyDomain: string;
  spf: NetworkMatch;
  hosts: NetworkMatch;
}

const CACHED_DOMAINS = 1_000;

export function createKnownFacts(database: Connection): KnownFacts {
  const cache = createBoundedCache<number, DomainFacts>(CACHED_DOMAINS);
  const nameOf = database
    .prepare<[id: number], string>('SELECT name FROM policy_domain WHERE id = ?')
    .pluck();
  const networks = database.prepare<
    [policyDomain: string],
    MatchedNetwork & { about: string }
  >(/* sql */ `
    SELECT about, network, include FROM domain_network
    WHERE policy_domain = ? ORDER BY about, position
  `);
  const pointer = database.prepare<[addressId: number], { name: string | null; confirmed: 0 | 1 }>(
    'SELECT name, confirmed FROM pointer WHERE address_id = ?',
  );
  let version: unknown = null;

  const read = (policyDomainId: number): DomainFacts => {
    const policyDomain = nameOf.get(policyDomainId);
    if (policyDomain === undefined)
      throw new Error(`Domain ${policyDomainId} is not in the store.`);
    const rows = networks.all(policyDomain);
    return {
      policyDomain,
      spf: createNetworkMatch(rows.filter(({ about }) => about === 'spf')),
      hosts: createNetworkMatch(rows.filter(({ about }) => about !== 'spf')),
    };
  };

  return {
    of: (policyDomainId, addressId, sourceIp) => {
      let facts = cache.get(policyDomainId);
      if (facts === undefined) cache.set(policyDomainId, (facts = read(policyDomainId)));
      const spf = facts.spf(sourceIp);
      const found = pointer.get(addressId);
      return {
        policyDomain: facts.policyDomain,
        spf: spf === null ? null : { network: spf.network, include: spf.include },
        ownHost: facts.hosts(sourceIp) !== null,
        pointer:
          found === undefined || found.name === null
            ? null
            : { name: found.name, confirmed: found.confirmed === 1 },
      };
    },
    refresh: () => {
      // Another number whenever another connection has written anything; it writes seldom.
      const now = database.pragma('data_version', { simple: true });
      if (now !== version) cache.clear();
      version = now;
    },
    clear: cache.clear,
  };
}
