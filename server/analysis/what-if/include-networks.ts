import ipaddr from 'ipaddr.js';
import type { DnsSnapshot, SpfNetwork } from '../../records/dns-snapshot.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { knownServices } from '../service-facts.ts';

const services = knownServices(catalogue);

/**
 * Ids of the networks whose mail an SPF include carries, as naming gives them: the include itself, or
 * the service that the catalogue knows it by. Addresses are not looked at: a service's mail from
 * outside of the include counts as carried by it.
 */
export function networkIdsOfInclude(include: string): readonly string[] {
  const service = services.serviceOfInclude(include);
  const own = `spf:${include}`;
  return service === null ? [own] : [own, `service:${service.id}`];
}

/**
 * Whether every network of the include is also covered by another term of the record, so that
 * dropping it changes nothing. False where its networks are not known.
 */
export function isCoveredElsewhere({ spf }: Pick<DnsSnapshot, 'spf'>, include: string): boolean {
  const own = spf.networks.filter((network) => network.include === include);
  const others = spf.networks.filter((network) => network.include !== include);
  return own.length > 0 && own.every((network) => others.some((other) => contains(other, network)));
}

function contains(outer: SpfNetwork, inner: SpfNetwork): boolean {
  const [outerAddress, outerBits] = cidr(outer.network);
  const [innerAddress, innerBits] = cidr(inner.network);
  return (
    outerAddress.kind() === innerAddress.kind() &&
    innerBits >= outerBits &&
    innerAddress.match(outerAddress, outerBits)
  );
}

function cidr(network: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  return ipaddr.parseCIDR(network);
}
