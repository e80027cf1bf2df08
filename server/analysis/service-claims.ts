import type { ServiceSign } from '../store/source-naming.ts';
import { type AutonomousSystem, describeAs } from './as-name.ts';
import { factsOf, type Service } from './service.ts';
import type { KnownServices } from './service-facts.ts';

export type CountedSign = ServiceSign & { messages: number };

/** What speaks for one service at one address. */
export interface ServiceClaim {
  service: Service;
  spfMessages: number;
  dkimMessages: number;
  /** The address is in this network, and the service sends from it. */
  network: AutonomousSystem | null;
  /** The confirmed reverse name, where it is one of the service. */
  pointer: string | null;
}

/** Every service that something speaks for at an address, whether or not that is evidence. */
export function claimsOf(
  signs: readonly CountedSign[],
  known: KnownServices,
  network: AutonomousSystem | null,
  confirmedPointer: string | null,
): ServiceClaim[] {
  const claims = new Map<Service, ServiceClaim>();
  const ofPointer = known.serviceOfPointer(confirmedPointer);
  const claimOf = (service: Service): ServiceClaim => {
    const claim = claims.get(service) ?? {
      service,
      spfMessages: 0,
      dkimMessages: 0,
      network: network !== null && factsOf(service, 'asns').includes(network.asn) ? network : null,
      pointer: service === ofPointer ? confirmedPointer : null,
    };
    claims.set(service, claim);
    return claim;
  };
  if (ofPointer !== null) claimOf(ofPointer);
  for (const { service: id, by, messages } of signs) {
    const service = known.serviceById(id);
    if (service === null || messages <= 0) continue;
    claimOf(service)[by === 'spf' ? 'spfMessages' : 'dkimMessages'] += messages;
  }
  return [...claims.values()];
}

/** The claim that names the address; null where none is evidence. */
export function strongestClaim(claims: readonly ServiceClaim[]): ServiceClaim | null {
  return claims.filter(isEvidence).sort(bySupport)[0] ?? null;
}

// A signature survives forwarding: alone it would credit a forwarder's server to the service.
function isEvidence({ spfMessages, network, pointer }: ServiceClaim): boolean {
  return spfMessages > 0 || network !== null || pointer !== null;
}

function bySupport(a: ServiceClaim, b: ServiceClaim): number {
  const more = b.spfMessages + b.dkimMessages - (a.spfMessages + a.dkimMessages);
  return more === 0 ? (a.service.id < b.service.id ? -1 : 1) : more;
}

/** What the claim rests on, strongest first, without capital or full stop. */
export function claimInWords({
  service: { name },
  spfMessages,
  dkimMessages,
  network,
  pointer,
}: ServiceClaim): string {
  const said: string[] = [];
  if (spfMessages > 0)
    said.push(`SPF passed for a return path of ${name} on ${messagesText(spfMessages)}`);
  if (dkimMessages > 0) said.push(`a signature of ${name} passed on ${messagesText(dkimMessages)}`);
  if (network !== null) said.push(`${name} sends from ${describeAs(network)}`);
  if (pointer !== null) said.push(`its confirmed reverse name ${pointer} is one of ${name}`);
  return said.join('; ');
}

/** Signatures that passed and name nothing, each a sentence. */
export function doubtsInWords(claims: readonly ServiceClaim[]): string[] {
  return claims
    .filter((claim) => !isEvidence(claim))
    .map(
      ({ service, dkimMessages }) =>
        `A signature of ${service.name} passed on ${messagesText(dkimMessages)}, but a signature survives forwarding: alone it names nothing.`,
    )
    .sort();
}

function messagesText(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`;
}
