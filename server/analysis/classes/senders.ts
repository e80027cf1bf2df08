import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { SourceName } from '../../store/source-naming.ts';
import type { KnownServices } from '../service-facts.ts';
import type { Homes } from './homes.ts';
import type { OwnNames } from './own-names.ts';
import type { Reading } from './reading.ts';

/** Which networks and services the owner sends through. */
export interface Senders {
  /** The owner's own: everything from there is. */
  isOwnNetwork(network: SourceName): boolean;
  /** Other customers of it send from the same addresses: a service, or an include of the SPF record. */
  isShared(network: SourceName): boolean;
  /** A shared one that the owner uses. */
  isUsed(network: SourceName): boolean;
}

export function sendersOf(
  readings: readonly Reading[],
  homes: Homes,
  names: OwnNames,
  services: KnownServices,
  dns: Pick<DnsSnapshot, 'spf'> | null,
): Senders {
  const used = new Set(homes.networks);
  for (const { stream, ownSpf } of readings) if (ownSpf === 'passed') used.add(stream.network.id);
  for (const { domain } of dns?.spf.includes ?? []) {
    const service = services.serviceOfInclude(domain);
    if (service !== null) used.add(`service:${service.id}`);
  }
  const isShared = ({ kind }: SourceName) => kind === 'service' || kind === 'spf';
  return {
    isOwnNetwork: ({ id, kind }) =>
      kind === 'own-network' ||
      (kind === 'ptr' && names.isOwn(id.slice('ptr:'.length).toLowerCase())),
    isShared,
    isUsed: (network) => isShared(network) && (network.kind === 'spf' || used.has(network.id)),
  };
}
