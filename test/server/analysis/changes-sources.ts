import type { ClassifiedSource } from '../../../server/analysis/classified.ts';
import type { DomainMail, MailClass } from '../../../server/store/domain-mail.ts';
import type { DnsSnapshot, SpfFacts } from '../../../server/records/dns-snapshot.ts';

/** One source a network, of the class that is told by its id; `own` where none is. */
export function sourcesOf(
  mail: DomainMail,
  classes: Readonly<Record<string, MailClass>> = {},
): { sources: ClassifiedSource[] } {
  const sources = new Map<string, ClassifiedSource & { streams: number[] }>();
  mail.streams.forEach(({ network }, index) => {
    const known = sources.get(network.id);
    if (known !== undefined) {
      known.streams.push(index);
      return;
    }
    const name = classes[network.id] ?? 'own';
    sources.set(network.id, {
      id: `${network.id}#${name === 'own' ? 'own' : 'none'}`,
      name: name === 'own' ? `${network.name}, as you` : `${network.name}, nobody`,
      network,
      split: { kind: name === 'own' ? 'own' : 'none' },
      class: name,
      evidence: [],
      word: null,
      streams: [index],
    });
  });
  return { sources: [...sources.values()] };
}

/** A DNS reading in which nothing is said but what is given. */
export function snapshotOf(
  facts: Partial<Omit<DnsSnapshot, 'spf'>> & { spf?: Partial<SpfFacts> } = {},
): DnsSnapshot {
  const domain = facts.domain ?? 'example.org';
  return {
    domain,
    askedSeconds: 0,
    resolver: 'system',
    dmarc: {
      state: 'unknown',
      name: null,
      texts: [],
      record: null,
      ttlSeconds: null,
      organizationalDomain: { byTreeWalk: null, byPublicSuffixList: domain },
      effective: null,
      rua: [],
    },
    dkim: [],
    mx: { state: 'unknown', nullMx: false, hosts: [] },
    addresses: [],
    microsoftTenant: null,
    mtaSts: { state: 'unknown', text: null },
    tlsRpt: { state: 'unknown', text: null },
    wildcard: null,
    names: [],
    findings: [],
    ...facts,
    spf: {
      state: 'valid',
      text: null,
      ttlSeconds: null,
      lookups: null,
      voidLookups: null,
      all: null,
      networks: [],
      includes: [],
      incomplete: false,
      ...facts.spf,
    },
  };
}
