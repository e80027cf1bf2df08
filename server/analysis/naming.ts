import type { AddressFacts, SourceName, SourceNaming } from '../store/source-naming.ts';
import { addressBlock } from './address-block.ts';
import { type AsLookup, type AutonomousSystem, describeAs } from './as-name.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { organizationalDomain } from './organizational-domain.ts';
import { isNetworkPointer } from './pointer-name.ts';
import type { Service } from './service.ts';
import {
  claimInWords,
  claimsOf,
  doubtsInWords,
  type ServiceClaim,
  strongestClaim,
} from './service-claims.ts';
import { type KnownServices, knownServices } from './service-facts.ts';
import { createSignReader } from './service-signs.ts';

/** All that is known of one address, seen from one policy domain. */
interface Seen {
  sourceIp: string;
  facts: AddressFacts;
  network: AutonomousSystem | null;
  claims: readonly ServiceClaim[];
  confirmedPointer: string | null;
  known: KnownServices;
}

type NamingStep = (seen: Seen) => SourceName | null;

/** Strongest evidence first; the first step that knows a name gives it. */
const STEPS: readonly NamingStep[] = [
  asOwnNetwork,
  asOthersInclude,
  asService,
  asOwnInclude,
  asPointer,
  asNetwork,
];

/**
 * Names a source by the strongest evidence there is: the domain's own SPF record and hosts, a service
 * of the catalogue, a forward-confirmed reverse name, else the network, else the address block. A
 * network never names a service, and an unconfirmed reverse name names nothing.
 */
export function createNaming(
  lookupAs: AsLookup,
  services: readonly Service[] = catalogue,
): SourceNaming {
  const known = knownServices(services);
  return {
    signsOf: createSignReader(services),
    nameOf: (sourceIp, signs, facts) => {
      const network = lookupAs(sourceIp);
      const confirmedPointer = facts.pointer?.confirmed === true ? facts.pointer.name : null;
      const claims = claimsOf(signs, known, network, confirmedPointer);
      const seen = { sourceIp, facts, network, claims, confirmedPointer, known };
      for (const step of STEPS) {
        const name = step(seen);
        if (name !== null) return name;
      }
      return asBlock(seen);
    },
  };
}

function asOwnNetwork({ facts, confirmedPointer }: Seen): SourceName | null {
  const { policyDomain, spf, ownHost } = facts;
  const said: string[] = [];
  if (spf?.include === null)
    said.push(`The SPF record of ${policyDomain} names ${spf.network} itself.`);
  if (ownHost) said.push(`It is an address or a mail host (A, AAAA or MX) of ${policyDomain}.`);
  if (confirmedPointer !== null && sameOrganization(confirmedPointer, policyDomain))
    said.push(`Its confirmed reverse name ${confirmedPointer} is under ${policyDomain}.`);
  if (said.length === 0) return null;
  return {
    id: `spf:${policyDomain}`,
    name: 'Your own servers',
    kind: 'own-network',
    evidence: said.join(' '),
  };
}

function asOthersInclude({ facts, known }: Seen): SourceName | null {
  const include = facts.spf?.include ?? null;
  if (include === null || isOwnInclude(include, facts.policyDomain)) return null;
  const service = known.serviceOfInclude(include);
  const evidence = includeInWords(facts);
  return service === null
    ? { id: `spf:${include}`, name: include, kind: 'spf', evidence }
    : { ...serviceName(service), evidence };
}

function asService({ claims }: Seen): SourceName | null {
  const claim = strongestClaim(claims);
  if (claim === null) return null;
  return { ...serviceName(claim.service), evidence: asSentence(claimInWords(claim)) };
}

/** A record that the domain spread over names of its own: it covers services and servers alike. */
function asOwnInclude({ facts, claims }: Seen): SourceName | null {
  const include = facts.spf?.include ?? null;
  if (include === null) return null;
  const evidence = [includeInWords(facts), ...doubtsInWords(claims)].join(' ');
  return { id: `spf:${include}`, name: include, kind: 'spf', evidence };
}

function asPointer({ sourceIp, confirmedPointer, claims }: Seen): SourceName | null {
  if (confirmedPointer === null || isNetworkPointer(confirmedPointer, sourceIp)) return null;
  const domain = organizationalDomain(confirmedPointer);
  const confirmed = `Its reverse name ${confirmedPointer} is confirmed by a forward look-up.`;
  const evidence = [confirmed, ...doubtsInWords(claims)].join(' ');
  return { id: `ptr:${domain}`, name: domain, kind: 'ptr', evidence };
}

function asNetwork(seen: Seen): SourceName | null {
  const { network, claims } = seen;
  if (network === null) return null;
  const said = `The address is in AS${network.asn}, ${network.name}: a network, not a mail service.`;
  const evidence = [said, ...pointerInWords(seen), ...doubtsInWords(claims)].join(' ');
  return { id: `as:${network.asn}`, name: describeAs(network), kind: 'as', evidence };
}

function asBlock(seen: Seen): SourceName {
  const block = addressBlock(seen.sourceIp);
  const said = 'No network is known for this address, so its block stands for it.';
  const evidence = [said, ...pointerInWords(seen), ...doubtsInWords(seen.claims)].join(' ');
  return { id: `net:${block}`, name: block, kind: 'block', evidence };
}

const serviceName = ({ id, name }: Service) =>
  ({ id: `service:${id}`, name, kind: 'service' }) as const;

function sameOrganization(name: string, policyDomain: string): boolean {
  return organizationalDomain(name) === organizationalDomain(policyDomain);
}

/** Under the domain itself, or made for it by a service that keeps SPF records for others. */
function isOwnInclude(include: string, policyDomain: string): boolean {
  return sameOrganization(include, policyDomain) || `.${include}.`.includes(`.${policyDomain}.`);
}

function includeInWords({ policyDomain, spf }: AddressFacts): string {
  return `The SPF record of ${policyDomain} covers ${spf?.network ?? ''} through include:${spf?.include ?? ''}.`;
}

function pointerInWords({ facts: { pointer } }: Seen): string[] {
  if (pointer === null) return [];
  return [
    pointer.confirmed
      ? `Its reverse name ${pointer.name} is one that the network gives to any machine.`
      : `Its reverse name claims ${pointer.name}, which no forward look-up confirms.`,
  ];
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
