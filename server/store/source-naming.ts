import type { Profile } from '../../ingest/report.ts';

/** How a profile hints at a service: an SPF pass of its return path, or a signature that passed. */
export interface ServiceSign {
  service: string;
  by: 'spf' | 'dkim';
}

export type SourceKind = 'own-network' | 'spf' | 'service' | 'ptr' | 'as' | 'block';

export interface SourceName {
  /**
   * Stable: 'service:mailchimp', 'spf:DOMAIN' (the include that covers it; the policy domain itself
   * for its own ip4, ip6, a, mx terms and hosts), 'ptr:DOMAIN', 'as:63949', 'net:203.0.113.0/24'.
   */
  id: string;
  name: string;
  kind: SourceKind;
  /** What the name rests on, in words: "SPF passed for mcsv.net on 412 messages". */
  evidence: string;
}

/** Pure functions from server/analysis, so that the store needs to know no service. */
export interface SourceNaming {
  signsOf(profile: Profile): ServiceSign[];
  /** `signs` holds the sum of messages by sign, over everything counted from this address for one domain. */
  nameOf(
    sourceIp: string,
    signs: readonly (ServiceSign & { messages: number })[],
    facts: AddressFacts,
  ): SourceName;
}

/** What DNS has told about an address, seen from one policy domain. Learnt beside ingest, kept, never asked for. */
export interface AddressFacts {
  policyDomain: string;
  /** The network of the domain's SPF tree that covers it; `include` null: a term of its own record. */
  spf: { network: string; include: string | null } | null;
  /** It is an A or MX address of the domain itself. */
  ownHost: boolean;
  /** An unconfirmed name is a claim, and names nothing. */
  pointer: { name: string; confirmed: boolean } | null;
}
