import type { Profile } from '../../../ingest/report.ts';
import type { SourceName } from '../../store/source-naming.ts';

/**
 * What mail of one hand has in common wherever it comes from: the envelope domain, the DKIM domains
 * and whether each passed. Receivers word a failure differently (fail, softfail, none), so a result
 * is only a pass or not.
 */
export function shapeKey({ spf, dkim, identifiers }: Profile): string {
  const checked = spf.map(({ domain, result }) => said(domain ?? identifiers.envelopeFrom, result));
  const envelope = checked.length > 0 ? checked : [said(identifiers.envelopeFrom, null)];
  const signed = dkim.flatMap(({ domain, result }) =>
    result === 'none' || result === null ? [] : [said(domain, result)],
  );
  return `${distinct(envelope)}|${distinct(signed)}`;
}

function said(domain: string | null, result: string | null): string {
  return `${domain ?? '?'}${result === 'pass' ? '+' : '-'}`;
}

function distinct(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : [...new Set(texts)].sort().join(' ');
}

/**
 * What stands for the networks that belong together: a block's larger block (of 2^16 addresses; of
 * IPv6 a provider's), since neighbours of an unknown network are no strangers to each other.
 */
export function relatedNetworks({ id, kind }: SourceName): string {
  if (kind !== 'block') return id;
  const block = id.slice('net:'.length);
  const separator = block.includes(':') ? ':' : '.';
  return `net:${block.split(separator).slice(0, 2).join(separator)}`;
}

/** The same, where a network is asked for with each of its streams. */
export function relatedReader(): (network: SourceName) => string {
  const known = new Map<string, string>();
  return (network) => {
    if (network.kind !== 'block') return network.id;
    let related = known.get(network.id);
    if (related === undefined) known.set(network.id, (related = relatedNetworks(network)));
    return related;
  };
}
