/**
 * A mail service as the catalogue knows it. Every fact stands in a document that says it; what no
 * document says is absent, and absent means unknown.
 */
export type ServiceKind =
  | 'mailbox-provider'
  | 'newsletter'
  | 'transactional'
  | 'crm'
  | 'helpdesk'
  | 'commerce'
  | 'forms-and-surveys'
  | 'collaboration'
  | 'web-hosting'
  | 'security-gateway'
  | 'forwarder'
  | 'mailing-list';

/** Domains are lower-case A-labels and stand for themselves and all names below them. */
export interface ServiceFacts {
  /** d= of the signatures that the service adds in its own name. */
  signingDomains?: readonly string[];
  /** Return-path domains of the service itself, as SPF checks see them (also its HELO names). */
  returnPathSuffixes?: readonly string[];
  /** Names that reverse look-ups of its outbound servers give. */
  ptrSuffixes?: readonly string[];
  /**
   * Names that customers are told to include in their SPF record. What they cover is shared by the
   * customers of the service, so an address there is no tie to any one of them.
   */
  spfIncludes?: readonly string[];
  /** Networks it sends from. An AS never names a service; it can only agree with a signature. */
  asns?: readonly number[];
}

interface ServiceDocument extends ServiceFacts {
  /** Public address of the document that says all of these facts. */
  source: string;
  /** Month of the document, or of its last change, 'YYYY-MM'; null where it carries none. */
  dated: string | null;
}

export interface Service {
  /** Stable and never reused: it is part of source ids. */
  id: string;
  name: string;
  kind: ServiceKind;
  documents: readonly ServiceDocument[];
  /**
   * The default signing domain that a customer gets, as a regular expression whose one group holds
   * the customer; null where there is none or it is not known.
   */
  tenancyPattern: string | null;
  /**
   * What that group holds: the customer's domain with `-` for `.`, or a name of the customer at the
   * service that no domain tells and that has to be learnt. Absent without a pattern.
   */
  tenancyNames?: 'domain' | 'tenant';
  /** What a customer does to get an aligned signature (an aligned return path), in one sentence. */
  alignDkim: string | null;
  alignSpf: string | null;
}

/** All values of one kind of fact, over the documents of a service. */
export function factsOf<K extends keyof ServiceFacts>(
  service: Service,
  kind: K,
): NonNullable<ServiceFacts[K]>[number][] {
  return service.documents.flatMap((document): NonNullable<ServiceFacts[K]>[number][] => [
    ...(document[kind] ?? []),
  ]);
}
