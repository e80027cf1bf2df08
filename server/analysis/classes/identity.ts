import type { MailStream } from '../../store/domain-mail.ts';
import type { KnownServices, Tenant } from '../service-facts.ts';
import type { OwnNames } from './own-names.ts';

/** Whom mail authenticates as, apart from the owner. */
export interface Identity {
  /** Organizational domain, or a service's default domain for one customer; null: nobody. */
  domain: string | null;
  /** It authenticates as the very service that sent it, which says nothing of the customer. */
  isService: boolean;
  /** The default signature of a customer whose name at the service has to be learnt. */
  unlearntTenant: string | null;
}

/** How much a domain says about who wrote the mail; the lowest rank speaks. */
const RANKS = { customerInBoth: 0, customerSigned: 1, customerReturn: 2, tenant: 3, service: 4 };

interface Candidate {
  domain: string;
  rank: number;
}

/** Domains of others that passed, in their order. */
export interface OthersDomains {
  returnPaths: readonly string[];
  signers: readonly string[];
}

const NOBODY: Identity = { domain: null, isService: false, unlearntTenant: null };

export function identityOf(
  { network, shape }: MailStream,
  { returnPaths, signers }: OthersDomains,
  names: OwnNames,
  services: KnownServices,
): Identity {
  if (returnPaths.length + signers.length === 0) return NOBODY;
  const { headerFrom } = shape.identifiers;
  const identity: Identity = { domain: null, isService: false, unlearntTenant: null };
  const candidates: Candidate[] = [];
  const isSender = (service: { id: string } | null) =>
    network.id === `service:${service?.id ?? ''}`;
  for (const domain of signers) {
    const tenant = services.tenantOf(domain);
    const service = services.serviceOfSigningDomain(domain);
    if (tenant !== null) {
      if (names.serviceThatSignsForYou(domain, headerFrom) !== null) continue;
      const name = tenantDomain(tenant, domain, names);
      if (!tenant.isDomain && names.tenantsAreUnknown) identity.unlearntTenant = name;
      candidates.push({ domain: name, rank: RANKS.tenant });
    } else if (isSender(service)) identity.isService = true;
    else candidates.push(candidateOf(domain, service !== null, RANKS.customerSigned, names));
  }
  for (const domain of returnPaths) {
    const tenant = services.tenantOf(domain);
    const service = services.serviceOfReturnPath(domain);
    if (tenant !== null)
      candidates.push({ domain: tenantDomain(tenant, domain, names), rank: RANKS.tenant });
    else if (isSender(service)) identity.isService = true;
    else candidates.push(candidateOf(domain, service !== null, RANKS.customerReturn, names));
  }
  return { ...identity, domain: strongest(candidates) };
}

/** Without the part that the service changes from time to time, so that it stays the same customer. */
function tenantDomain({ tenant }: Tenant, domain: string, names: OwnNames): string {
  return `${tenant}.${names.organizationOf(domain)}`;
}

function candidateOf(domain: string, isService: boolean, rank: number, names: OwnNames): Candidate {
  return { domain: names.organizationOf(domain), rank: isService ? RANKS.service : rank };
}

function strongest(candidates: readonly Candidate[]): string | null {
  const ranked = candidates.map(({ domain, rank }) => {
    const inBoth =
      rank === RANKS.customerSigned &&
      candidates.some((other) => other.domain === domain && other.rank === RANKS.customerReturn);
    return { domain, rank: inBoth ? RANKS.customerInBoth : rank };
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.domain < b.domain ? -1 : 1));
  return ranked[0]?.domain ?? null;
}
