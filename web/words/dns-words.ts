import type {
  DnsSnapshotResponse,
  FindingResponse,
  RecordStateName,
} from '../../server/api/contract-dns.ts';
import { formatQuantity } from '../format.ts';

export const RECORD_STATES: Record<RecordStateName, string> = {
  valid: 'published and valid',
  invalid: 'published, but not valid',
  several: 'published more than once, which counts as not at all',
  absent: 'not published',
  unknown: 'DNS did not answer: nobody knows',
};

export const SEVERITIES: Record<FindingResponse['severity'], { label: string; order: number }> = {
  blocks: { label: 'Stands in the way', order: 0 },
  warns: { label: 'Wrong, harmless today', order: 1 },
  tells: { label: 'Worth knowing', order: 2 },
};

export const bySeverity = (findings: readonly FindingResponse[]): FindingResponse[] =>
  [...findings].sort((a, b) => SEVERITIES[a.severity].order - SEVERITIES[b.severity].order);

const KEY_STATES: Record<DnsSnapshotResponse['dkim'][number]['state'], string> = {
  valid: 'valid',
  revoked: 'revoked: the key was taken back',
  invalid: 'not valid',
  absent: 'not published',
  unknown: 'DNS did not answer',
};

/** 'valid, RSA with 2048 bits, in test mode'. */
export function keyWords({
  state,
  keyType,
  keyBits,
  testing,
}: DnsSnapshotResponse['dkim'][number]): string {
  const parts = [
    KEY_STATES[state],
    ...(keyType === null
      ? []
      : [
          keyBits === null
            ? keyType.toUpperCase()
            : `${keyType.toUpperCase()} with ${keyBits} bits`,
        ]),
    ...(testing ? ['in test mode'] : []),
  ];
  return parts.join(', ');
}

const ALL_WORDS: Record<string, string> = {
  '+': 'lets everybody send as you',
  '-': 'other addresses are not yours',
  '~': 'other addresses are probably not yours',
  '?': 'says nothing about other addresses',
};

/** What an SPF record costs and how it ends. */
export function spfWords({ lookups, voidLookups, all }: DnsSnapshotResponse['spf']): string[] {
  return [
    lookups === null
      ? 'How many look-ups it takes could not be told.'
      : `It takes ${formatQuantity(lookups, 'look-up')} of the 10 that are allowed.`,
    ...(voidLookups !== null && voidLookups > 0
      ? [`${formatQuantity(voidLookups, 'look-up finds', 'look-ups find')} nothing; 2 are allowed.`]
      : []),
    ...(all === null ? [] : [`It ends with ${all}all: ${ALL_WORDS[all] ?? ''}.`]),
  ];
}

/** Whether reports may go to an address: null where it is the domain's own, and nobody is asked. */
export function ruaWords({
  external,
  authorised,
}: DnsSnapshotResponse['dmarc']['rua'][number]): string {
  if (!external) return 'of your own organisation';
  if (authorised === null) return 'elsewhere; whether it agreed could not be told';
  return authorised
    ? 'elsewhere, and agreed to'
    : 'elsewhere, and has not agreed: reports do not arrive';
}
