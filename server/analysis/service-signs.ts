import type { Profile } from '../../ingest/report.ts';
import type { ServiceSign } from '../store/source-naming.ts';
import type { Service } from './service.ts';
import { knownServices } from './service-facts.ts';

/**
 * What in a profile hints at a service: an SPF pass of a return path of the service, or a passing
 * signature of it. At most one sign a service, SPF before DKIM, so that a service's signs are
 * disjoint and their messages may be added up.
 */
export function createSignReader(
  services: readonly Service[],
): (profile: Profile) => ServiceSign[] {
  const { serviceOfReturnPath, serviceOfSigningDomain } = knownServices(services);
  return (profile) => {
    const signs = new Map<string, ServiceSign['by']>();
    for (const { domain, result } of profile.dkim) {
      const service = result === 'pass' ? serviceOfSigningDomain(domain) : null;
      if (service !== null) signs.set(service.id, 'dkim');
    }
    for (const { domain, result } of profile.spf) {
      const service = result === 'pass' ? serviceOfReturnPath(domain) : null;
      if (service !== null) signs.set(service.id, 'spf');
    }
    return [...signs].map(([service, by]) => ({ service, by }));
  };
}
