import type { AlignmentMode, Disposition } from '../../ingest/report.ts';

/**
 * What DNS says about a domain at one moment, with what is wrong in it. Plain data: it is stored as
 * JSON, compared with the one before, and read by the analysis. A look-up that failed is `unknown`,
 * never `absent`.
 */
export interface DnsSnapshot {
  domain: string;
  askedSeconds: number;
  /** 'system', or HOST:PORT. */
  resolver: string;
  dmarc: DmarcFacts;
  spf: SpfFacts;
  dkim: DkimFacts[];
  mx: MxFacts;
  /** The domain's own A and AAAA addresses, canonical text. */
  addresses: string[];
  /** Tenant learnt from the targets of selector1/selector2._domainkey; null where not seen. */
  microsoftTenant: string | null;
  mtaSts: Presence;
  tlsRpt: Presence;
  /** Does any name below the domain resolve (then np is moot)? null: unknown. */
  wildcard: boolean | null;
  /** Names below the domain that were asked about. */
  names: { name: string; exists: boolean | null }[];
  findings: Finding[];
}

/** `several`: more than one record of the kind, which counts as none. */
export type RecordState = 'valid' | 'invalid' | 'several' | 'absent' | 'unknown';

export interface Presence {
  state: RecordState;
  text: string | null;
}

export interface DmarcFacts {
  state: RecordState;
  /** The name whose record governs the domain, by the tree walk; null without one. */
  name: string | null;
  texts: string[];
  record: DmarcRecord | null;
  ttlSeconds: number | null;
  organizationalDomain: { byTreeWalk: string | null; byPublicSuffixList: string };
  /** What a receiver applies to mail with the domain itself in From; null without a valid record. */
  effective: EffectivePolicy | null;
  rua: { uri: string; external: boolean; authorised: boolean | null }[];
}

export interface EffectivePolicy {
  p: Disposition;
  sp: Disposition;
  np: Disposition;
  adkim: AlignmentMode;
  aspf: AlignmentMode;
  testing: boolean;
  /** Historic; 100 where not published. */
  pct: number;
}

/** A DMARC record as published: every tag in its order, so that a corrected one keeps the rest. */
export interface DmarcRecord {
  tags: { name: string; value: string }[];
  p: Disposition | null;
  sp: Disposition | null;
  np: Disposition | null;
  adkim: AlignmentMode | null;
  aspf: AlignmentMode | null;
  testing: boolean | null;
  psd: 'y' | 'n' | 'u' | null;
  pct: number | null;
  fo: string | null;
  rua: string[];
  ruf: string[];
}

export interface SpfFacts {
  state: RecordState;
  text: string | null;
  /** All SPF records at the name, where they are several. */
  texts?: string[];
  ttlSeconds: number | null;
  /** Terms that cost a look-up, over the whole tree (RFC 7208 §4.6.4: at most 10); null: unknown. */
  lookups: number | null;
  voidLookups: number | null;
  /** Qualifier of the record that ends the evaluation; null where it says nothing. */
  all: '+' | '-' | '~' | '?' | null;
  /** The tree expanded to networks; empty where it could not be. */
  networks: SpfNetwork[];
  /** Top-level includes (and redirect) with what each costs. */
  includes: { domain: string; lookups: number; networks: number }[];
  /** True where macros or exists make the networks incomplete. */
  incomplete: boolean;
}

export interface SpfNetwork {
  /** CIDR in canonical text: '203.0.113.0/24'. */
  network: string;
  /** Top-level include that covers it; null: a term of the domain's own record (ip4, ip6, a, mx). */
  include: string | null;
}

export interface DkimFacts {
  selector: string;
  state: 'valid' | 'revoked' | 'invalid' | 'absent' | 'unknown';
  keyType: string | null;
  keyBits: number | null;
  testing: boolean;
  ttlSeconds: number | null;
  /** Names the look-up was sent on to. */
  cnames: string[];
  /** The signing domain, where it is not the snapshot's own: a subdomain that signs. */
  domain?: string;
  /** Begin of the key's hash, to see that it was changed; null without a key. */
  keyFingerprint?: string | null;
  /** The record as published; null where there is none, or several. */
  text?: string | null;
}

export interface MxFacts {
  state: RecordState;
  /** "0 ." of RFC 7505: the domain receives nothing. */
  nullMx: boolean;
  hosts: { name: string; preference: number; addresses: string[] }[];
}

export interface Finding {
  /** Closed list: the page and the tests know each. */
  id: string;
  about: 'dmarc' | 'spf' | 'dkim' | 'mx' | 'rua' | 'mta-sts' | 'tls-rpt';
  /** `blocks`: the DNS gate is not met; `warns`: wrong, harmless today; `tells`: worth knowing. */
  severity: 'blocks' | 'warns' | 'tells';
  text: string;
  /** What to publish instead. */
  corrected: { name: string; type: string; value: string } | null;
}
