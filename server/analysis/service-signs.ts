import type { Profile } from '../../ingest/report.ts';
import type { ServiceSign } from '../store/store.ts';
import { factsOf, type Service, type ServiceFacts } from './service.ts';

/** Which service a domain belongs to: the longest catalogued suffix of it decides. */
type DomainOwner = (domain: string | null) => string | null;

/**
 * What in a profile hints at a service: an SPF pass of a return path of the service, or a passing
 * signature of it. At most one sign a service, SPF before DKIM, so that a service's signs are
 * disjoint and their messages may be added up.
 */
export function createSignReader(
  services: readonly Service[],
): (profile: Profile) => ServiceSign[] {
  const ownerOfReturnPath = domainOwner(services, 'returnPathSuffixes');
  const ownerOfSignature = domainOwner(services, 'signingDomains');
  return (profile) => {
    const signs = new Map<string, ServiceSign['by']>();
    for (const { domain, result } of profile.dkim) {
      const service = result === 'pass' ? ownerOfSignature(domain) : null;
      if (service !== null) signs.set(service, 'dkim');
    }
    for (const { domain, result } of profile.spf) {
      const service = result === 'pass' ? ownerOfReturnPath(domain) : null;
      if (service !== null) signs.set(service, 'spf');
    }
    return [...signs].map(([service, by]) => ({ service, by }));
  };
}

function domainOwner(
  services: readonly Service[],
  kind: keyof ServiceFacts & ('returnPathSuffixes' | 'signingDomains'),
): DomainOwner {
  const owners = new Map<string, string>();
  for (const service of services)
    for (const suffix of factsOf(service, kind)) owners.set(suffix, service.id);
  return (domain) => {
    let rest = domain?.toLowerCase() ?? '';
    while (rest !== '') {
      const owner = owners.get(rest);
      if (owner !== undefined) return owner;
      const dot = rest.indexOf('.');
      rest = dot === -1 ? '' : rest.slice(dot + 1);
    }
    return null;
  };
}
