import { factsOf, type Service, type ServiceFacts } from './service.ts';

/** The customer that a default signing domain stands for, in a service's own writing. */
export interface Tenant {
  service: Service;
  /** 'example-org' of example-org.20230601.gappssmtp.com, 'contoso' of contoso.onmicrosoft.com. */
  tenant: string;
  /** Whether it is the customer's domain with `-` for `.`; otherwise a name that has to be learnt. */
  isDomain: boolean;
}

/**
 * The catalogue, asked by name. Every look-up takes a domain in lower-case A-labels (null: unknown)
 * and answers with the service whose longest catalogued suffix it carries, or null.
 */
export interface KnownServices {
  serviceById: (id: string) => Service | null;
  serviceOfSigningDomain: (domain: string | null) => Service | null;
  serviceOfReturnPath: (domain: string | null) => Service | null;
  /** Whose machines an SPF include covers. All of a service's customers share what it covers. */
  serviceOfInclude: (domain: string | null) => Service | null;
  /** By the name that a reverse look-up gave; only a forward-confirmed one proves anything. */
  serviceOfPointer: (name: string | null) => Service | null;
  /**
   * Whose machines a source is, by its name's id: 'service:mimecast', or the network, the include or
   * the reverse name of a service ('as:30031'). For questions about the kind of machine; it names
   * nothing.
   */
  operatorOf: (sourceId: string) => Service | null;
  /** Whether mail with this return path was passed on, by a forwarder or a mailing list. */
  isForwarderReturnPath: (domain: string | null) => boolean;
  isMailingListReturnPath: (domain: string | null) => boolean;
  /** Whom the service signed for by default; null where it signs alike for everyone. */
  tenantOf: (signingDomain: string | null) => Tenant | null;
  /** Whether the default signature is the one this service gives to `policyDomain`. */
  isTenantSignature: (signingDomain: string | null, policyDomain: string) => boolean;
}

type FindOwner = (domain: string | null) => Service | null;
type DomainFact = Exclude<keyof ServiceFacts, 'asns'>;

/** Reads the services once; each look-up then costs one step a label. */
export function knownServices(services: readonly Service[]): KnownServices {
  const byId = new Map(services.map((service) => [service.id, service]));
  const ofReturnPath = ownerOf(services, ['returnPathSuffixes']);
  const ofSignature = ownerOf(services, ['signingDomains']);
  const kindOfReturnPath = (domain: string | null) => ofReturnPath(domain)?.kind;
  const ofPointer = ownerOf(services, ['ptrSuffixes']);
  // Below a domain that only one service uses, an include that no document names is its own too.
  const ofInclude = ownerOf(services, ['signingDomains', 'returnPathSuffixes', 'spfIncludes']);
  const tenantOf = tenantReader(services, ofSignature);
  return {
    serviceById: (id) => byId.get(id) ?? null,
    serviceOfSigningDomain: ofSignature,
    serviceOfReturnPath: ofReturnPath,
    serviceOfInclude: ofInclude,
    serviceOfPointer: ofPointer,
    operatorOf: operatorReader(services, { service: byId, spf: ofInclude, ptr: ofPointer }),
    isForwarderReturnPath: (domain) => {
      const kind = kindOfReturnPath(domain);
      return kind === 'forwarder' || kind === 'mailing-list';
    },
    isMailingListReturnPath: (domain) => kindOfReturnPath(domain) === 'mailing-list',
    tenantOf,
    isTenantSignature: (signingDomain, policyDomain) => {
      const tenant = tenantOf(signingDomain);
      return tenant?.isDomain === true && tenant.tenant === policyDomain.replaceAll('.', '-');
    },
  };
}

/** Where two kinds of fact name one domain, the later kind decides. */
function ownerOf(services: readonly Service[], kinds: readonly DomainFact[]): FindOwner {
  const owners = new Map<string, Service>();
  for (const kind of kinds)
    for (const service of services)
      for (const suffix of factsOf(service, kind)) owners.set(suffix, service);
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

function operatorReader(
  services: readonly Service[],
  by: { service: ReadonlyMap<string, Service>; spf: FindOwner; ptr: FindOwner },
): KnownServices['operatorOf'] {
  const ofNetwork = new Map<string, Service | null>();
  for (const service of services)
    for (const asn of factsOf(service, 'asns'))
      // A network that several services share is the network of none.
      ofNetwork.set(`${asn}`, ofNetwork.has(`${asn}`) ? null : service);
  return (sourceId) => {
    const colon = sourceId.indexOf(':');
    if (colon === -1) return null;
    const kind = sourceId.slice(0, colon);
    const key = sourceId.slice(colon + 1);
    if (kind === 'service') return by.service.get(key) ?? null;
    if (kind === 'spf') return by.spf(key);
    if (kind === 'ptr') return by.ptr(key);
    return kind === 'as' ? (ofNetwork.get(key) ?? null) : null;
  };
}

function tenantReader(
  services: readonly Service[],
  ofSignature: FindOwner,
): KnownServices['tenantOf'] {
  const patterns = new Map(
    services.flatMap(({ id, tenancyPattern }) =>
      tenancyPattern === null ? [] : [[id, new RegExp(tenancyPattern)]],
    ),
  );
  return (signingDomain) => {
    const domain = signingDomain?.toLowerCase() ?? '';
    const service = ofSignature(domain);
    const tenant = service === null ? undefined : patterns.get(service.id)?.exec(domain)?.[1];
    if (service === null || tenant === undefined) return null;
    return { service, tenant, isDomain: service.tenancyNames === 'domain' };
  };
}
