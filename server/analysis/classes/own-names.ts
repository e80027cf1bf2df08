import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { UserWords } from '../../store/domain-mail.ts';
import { organizationalDomain } from '../organizational-domain.ts';
import type { KnownServices } from '../service-facts.ts';

/** Which names speak for the owner of a policy domain. Domains are lower-case A-labels. */
export interface OwnNames {
  policyDomain: string;
  /** Kept: the same few names come thousands of times. */
  organizationOf(domain: string): string;
  isOwn(domain: string): boolean;
  /** The service whose default signing domain for this customer it is; null for any other domain. */
  serviceThatSignsForYou(signingDomain: string, headerFrom: string | null): string | null;
  /** Whether a tenant with a name of its own could be the owner's: none of the owner's is known. */
  tenantsAreUnknown: boolean;
}

export function ownNames(
  policyDomain: string,
  words: UserWords,
  dns: Pick<DnsSnapshot, 'microsoftTenant'> | null,
  services: KnownServices,
): OwnNames {
  const organizationOf = remembered(organizationalDomain);
  const organization = organizationOf(policyDomain);
  const learnt = [...words.microsoftTenants, dns?.microsoftTenant ?? ''];
  const tenants = new Set(learnt.map(tenantName).filter((tenant) => tenant !== ''));
  return {
    policyDomain,
    organizationOf,
    isOwn: remembered((domain) => organizationOf(domain) === organization),
    serviceThatSignsForYou: (signingDomain, headerFrom) => {
      const tenant = services.tenantOf(signingDomain);
      if (tenant === null) return null;
      const isYours = tenant.isDomain
        ? [policyDomain, organization, headerFrom ?? policyDomain].some((domain) =>
            services.isTenantSignature(signingDomain, domain),
          )
        : tenants.has(tenant.tenant);
      return isYours ? tenant.service.id : null;
    },
    tenantsAreUnknown: tenants.size === 0,
  };
}

/** 'contoso' of 'contoso' and of 'contoso.onmicrosoft.com'. */
function tenantName(text: string): string {
  return text.toLowerCase().split('.')[0] ?? '';
}

function remembered<T>(ask: (domain: string) => T): (domain: string) => T {
  const answers = new Map<string, T>();
  return (domain) => {
    const known = answers.get(domain);
    if (known !== undefined) return known;
    const answer = ask(domain);
    answers.set(domain, answer);
    return answer;
  };
}
