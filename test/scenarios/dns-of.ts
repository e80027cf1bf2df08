import { checkDmarcRecord, readDmarcRecord } from '../../server/records/dmarc-record.ts';
import type { DkimFacts, DnsSnapshot } from '../../server/records/dns-snapshot.ts';
import { effectivePolicy } from '../../server/records/effective-policy.ts';
import { findingOf } from '../../server/records/findings.ts';

/** What DNS holds, in the fewest words. Everything left out is in order. */
export interface DnsSpec {
  /** Texts at _dmarc; one is usual. */
  dmarc?: readonly string[] | 'unknown';
  ttlSeconds?: number;
  spf?: Partial<DnsSnapshot['spf']>;
  /** State of each key that is not valid; 'google' and 's1' are there. */
  keys?: Readonly<Record<string, DkimFacts['state']>>;
  /** External rua, with what its host says. */
  externalRua?: boolean | null;
  wildcard?: boolean | null;
  names?: DnsSnapshot['names'];
  /** Days before the last day. */
  askedDaysAgo?: number;
  domain?: string;
}

export const RECORD = 'v=DMARC1; p=none; rua=mailto:dmarc@example.org';

export function dnsOf(spec: DnsSpec, at: number): DnsSnapshot {
  const domain = spec.domain ?? 'example.org';
  return {
    domain,
    askedSeconds: (at - (spec.askedDaysAgo ?? 0)) * 86_400 + 3_600,
    resolver: 'system',
    dmarc: dmarcOf(spec, domain),
    spf: {
      ...{ state: 'valid', text: 'v=spf1 include:_spf.google.com ~all', ttlSeconds: 3_600 },
      ...{ lookups: 4, voidLookups: 0, all: '~', networks: [], includes: [], incomplete: false },
      ...spec.spf,
    },
    dkim: Object.entries({ google: 'valid' as const, s1: 'valid' as const, ...spec.keys }).map(
      ([selector, state]) => ({
        ...{ selector, state, keyType: 'rsa', keyBits: 2_048 },
        ...{ testing: false, ttlSeconds: 3_600, cnames: [] },
      }),
    ),
    mx: { state: 'valid', nullMx: false, hosts: [] },
    ...{ addresses: [], microsoftTenant: null },
    mtaSts: { state: 'absent', text: null },
    tlsRpt: { state: 'absent', text: null },
    wildcard: spec.wildcard ?? null,
    names: spec.names ?? [],
    findings: (Array.isArray(spec.dmarc) ? spec.dmarc : [RECORD]).flatMap((text: string) =>
      checkDmarcRecord(text).map((found) => findingOf(found)),
    ),
  };
}

function dmarcOf(
  { dmarc = [RECORD], externalRua, ttlSeconds }: DnsSpec,
  domain: string,
): DnsSnapshot['dmarc'] {
  const texts = dmarc === 'unknown' ? [] : [...dmarc];
  const [only = '', ...more] = texts;
  const { record, problems } = readDmarcRecord(only);
  const isBlocked = problems.some((one) => findingOf(one).severity === 'blocks');
  const state =
    dmarc === 'unknown'
      ? 'unknown'
      : more.length > 0
        ? 'several'
        : record === null
          ? 'absent'
          : isBlocked
            ? 'invalid'
            : 'valid';
  const isRead = state === 'valid' || state === 'invalid';
  return {
    ...{ state, texts, name: record === null ? null : domain },
    record: isRead ? record : null,
    ttlSeconds: ttlSeconds ?? 3_600,
    organizationalDomain: { byTreeWalk: domain, byPublicSuffixList: domain },
    effective: isRead && record !== null ? effectivePolicy(record, 'own') : null,
    rua: (record?.rua ?? []).map((uri) => ({
      uri,
      external: externalRua !== undefined,
      authorised: externalRua ?? null,
    })),
  };
}
