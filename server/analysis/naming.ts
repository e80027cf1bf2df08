import type { ServiceSign, SourceName, SourceNaming } from '../store/store.ts';
import { addressBlock } from './address-block.ts';
import { type AsLookup, type AutonomousSystem, describeAs } from './as-name.ts';
import { catalogue } from './catalogue/catalogue.ts';
import { factsOf, type Service } from './service.ts';
import { createSignReader } from './service-signs.ts';

type CountedSign = ServiceSign & { messages: number };

/** What speaks for one service at one address. */
interface Claim {
  service: Service;
  spfMessages: number;
  dkimMessages: number;
  /** The address is in a network that the service sends from. */
  networkAgrees: boolean;
}

/**
 * Names a source by what is known without asking anyone: a service of the catalogue, else the
 * network, else the address block. A network never names a service.
 */
export function createNaming(
  lookupAs: AsLookup,
  services: readonly Service[] = catalogue,
): SourceNaming {
  const byId = new Map(services.map((service) => [service.id, service]));
  return {
    signsOf: createSignReader(services),
    nameOf: (sourceIp, signs) => {
      const network = lookupAs(sourceIp);
      const claims = claimsOf(signs, byId, network);
      const strongest = claims.filter(isEvidence).sort(bySupport)[0];
      if (strongest !== undefined) return nameAfterService(strongest, network);
      return nameAfterNetwork(sourceIp, network, claims);
    },
  };
}

function claimsOf(
  signs: readonly CountedSign[],
  byId: ReadonlyMap<string, Service>,
  network: AutonomousSystem | null,
): Claim[] {
  const claims = new Map<string, Claim>();
  for (const { service: id, by, messages } of signs) {
    const service = byId.get(id);
    if (service === undefined || messages <= 0) continue;
    const claim = claims.get(id) ?? {
      service,
      spfMessages: 0,
      dkimMessages: 0,
      networkAgrees: network !== null && factsOf(service, 'asns').includes(network.asn),
    };
    claim[by === 'spf' ? 'spfMessages' : 'dkimMessages'] += messages;
    claims.set(id, claim);
  }
  return [...claims.values()];
}

// A signature survives forwarding: alone it would credit a forwarder's server to the service.
function isEvidence(claim: Claim): boolean {
  return claim.spfMessages > 0 || claim.networkAgrees;
}

function bySupport(a: Claim, b: Claim): number {
  const more = b.spfMessages + b.dkimMessages - (a.spfMessages + a.dkimMessages);
  return more === 0 ? (a.service.id < b.service.id ? -1 : 1) : more;
}

function nameAfterService(claim: Claim, network: AutonomousSystem | null): SourceName {
  const { service, spfMessages, dkimMessages, networkAgrees } = claim;
  const said: string[] = [];
  if (spfMessages > 0)
    said.push(`SPF passed for a return path of ${service.name} on ${messagesText(spfMessages)}`);
  if (dkimMessages > 0)
    said.push(`a signature of ${service.name} passed on ${messagesText(dkimMessages)}`);
  if (networkAgrees && network !== null)
    said.push(`${service.name} sends from ${describeAs(network)}`);
  return {
    id: `service:${service.id}`,
    name: service.name,
    kind: 'service',
    evidence: asSentence(said.join('; ')),
  };
}

function nameAfterNetwork(
  sourceIp: string,
  network: AutonomousSystem | null,
  claims: readonly Claim[],
): SourceName {
  const doubts = claims
    .map(
      ({ service, dkimMessages }) =>
        ` A signature of ${service.name} passed on ${messagesText(dkimMessages)}, but a signature survives forwarding: alone it names nothing.`,
    )
    .sort()
    .join('');
  if (network !== null) {
    const name = describeAs(network);
    const evidence = `The address is in AS${network.asn}, ${network.name}: a network, not a mail service.`;
    return { id: `as:${network.asn}`, name, kind: 'as', evidence: evidence + doubts };
  }
  const block = addressBlock(sourceIp);
  const evidence = 'No network is known for this address, so its block stands for it.';
  return { id: `net:${block}`, name: block, kind: 'block', evidence: evidence + doubts };
}

function messagesText(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`;
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
