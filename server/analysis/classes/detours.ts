import type { SourceName } from '../../store/source-naming.ts';
import type { KnownServices } from '../service-facts.ts';
import type { Reading } from './reading.ts';
import type { Spoken } from './rules.ts';

/** Signs, apart from the owner's signature, that mail took a way round. */
export function detoursOf(reading: Reading, services: KnownServices): readonly Spoken[] {
  const spoken: Spoken[] = [];
  if (reading.told !== null) spoken.push({ rule: 'receiver-told', about: reading.told });
  if (reading.forwarderReturnPath || passesMailOn(reading.stream.network, services) === 'forwarder')
    spoken.push({ rule: 'forwarding-service', about: reading.otherReturnPath ?? '' });
  return spoken;
}

/**
 * Whether a network passes mail of others on: a forwarder or list, or a recipient's filter. A filter's
 * own network is that of nobody else; a forwarder's may hold anything.
 */
export function passesMailOn(
  { id, kind }: SourceName,
  services: KnownServices,
): 'forwarder' | 'filter' | null {
  // A block is nobody's that is known.
  if (kind === 'block') return null;
  const operator = services.operatorOf(id);
  if (operator?.kind === 'security-gateway') return 'filter';
  const service = kind === 'service' ? operator : null;
  return service?.kind === 'forwarder' || service?.kind === 'mailing-list' ? 'forwarder' : null;
}
