import { openResolver } from '../../server/dns/resolver.ts';
import type { ResolverOptions } from '../../server/dns/resolver.ts';
import type { Resolver } from '../../server/dns/look-up.ts';
import { takeSnapshot } from '../../server/dns/snapshot.ts';
import type { SnapshotOptions } from '../../server/dns/snapshot.ts';
import type { DnsSnapshot } from '../../server/records/dns-snapshot.ts';
import { startNameServer } from './name-server.ts';
import type { NameServer } from './name-server.ts';
import { readZone } from './zone.ts';
import type { Zone } from './zone.ts';

/** Short enough for tests of silence, long enough for a busy machine. */
const TIMEOUT_MS = 400;

/** Runs a task with a server for the zone, and a resolver that asks it alone. */
export async function withZone<T>(
  zone: string | Zone,
  task: (resolver: Resolver, server: NameServer) => Promise<T>,
  options: Partial<ResolverOptions> = {},
): Promise<T> {
  const server = await startNameServer(typeof zone === 'string' ? readZone(zone) : zone);
  try {
    const resolver = openResolver({
      servers: server.at,
      timeoutMs: TIMEOUT_MS,
      tries: 2,
      ...options,
    });
    if (!resolver) throw new Error('the resolver setting is refused');
    return await task(resolver, server);
  } finally {
    await server.stop();
  }
}

/** The snapshot of a domain of the zone. */
export async function snapshotOf(
  domain: string,
  zone: string,
  options: Partial<SnapshotOptions> = {},
): Promise<DnsSnapshot> {
  return withZone(zone, (resolver) =>
    takeSnapshot(domain, {
      resolver,
      selectors: [],
      names: [],
      nowSeconds: 1_800_000_000,
      ...options,
    }),
  );
}
