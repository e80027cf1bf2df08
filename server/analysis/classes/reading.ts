import type { Profile } from '../../../ingest/report.ts';
import type { MailStream } from '../../store/domain-mail.ts';
import type { KnownServices } from '../service-facts.ts';
import { type Identity, identityOf, type OthersDomains } from './identity.ts';
import type { OwnNames } from './own-names.ts';
import { shapeKey } from './shapes.ts';

/** A signature in the owner's name: by the own domain, or by a service for this customer. */
export interface OwnSignature {
  /** Stands for the key: domain and selector, or the service that signs for its customers. */
  key: string;
  domain: string;
  selector: string | null;
  passed: boolean;
  /** The service whose default signature for you it is; null for one with your own domain. */
  tenancyOf: string | null;
}

/** What a stream says about whom it speaks for. */
export interface Reading extends ShapeReading {
  stream: MailStream;
  /** Place in `DomainMail.streams`. */
  index: number;
  /** Sum over the range. */
  messages: number;
  /** Whom else it authenticates as. */
  identity: Identity;
}

/** What a shape says wherever it comes from. */
interface ShapeReading {
  /** What mail of one hand has in common. */
  shapeKey: string;
  /** Domains of others that passed SPF, and those that signed whole, in their order. */
  others: OthersDomains;
  signatures: readonly OwnSignature[];
  /** SPF of a domain of the owner; a DNS error neither passes nor fails. */
  ownSpf: 'passed' | 'dns-error' | null;
  /** Organizational domain of another's return path that passed SPF. */
  otherReturnPath: string | null;
  /** The return path that passed is one of a forwarder or a mailing list. */
  forwarderReturnPath: boolean;
  /** What the receiver told of its way: 'mailing_list', 'arc' …; null: nothing. */
  told: string | null;
}

/** Reads streams; a shape is read once, however many networks it comes from. */
export function streamReader(
  names: OwnNames,
  services: KnownServices,
): (stream: MailStream, index: number) => Reading {
  const shapes = new Map<Profile, ShapeReading>();
  return (stream, index) => {
    let shape = shapes.get(stream.shape);
    if (shape === undefined)
      shapes.set(stream.shape, (shape = readShape(stream.shape, names, services)));
    const { shapeKey, others, signatures, ownSpf, told } = shape;
    const { otherReturnPath, forwarderReturnPath } = shape;
    let messages = 0;
    for (const more of stream.messages) messages += more;
    const identity = identityOf(stream, others, names, services);
    return {
      stream,
      index,
      messages,
      identity,
      shapeKey,
      others,
      signatures,
      ownSpf,
      told,
      otherReturnPath,
      forwarderReturnPath,
    };
  };
}

function readShape(shape: Profile, names: OwnNames, services: KnownServices): ShapeReading {
  const others = { returnPaths: othersIn(shape.spf, names), signers: othersIn(shape.dkim, names) };
  const otherReturnPath = others.returnPaths[0];
  return {
    shapeKey: shapeKey(shape),
    others,
    signatures: signaturesOf(shape, names),
    ownSpf: ownSpfOf(shape, names),
    otherReturnPath: otherReturnPath === undefined ? null : names.organizationOf(otherReturnPath),
    forwarderReturnPath: others.returnPaths.some((domain) =>
      services.isForwarderReturnPath(domain),
    ),
    told: toldBy(shape),
  };
}

function othersIn(
  results: readonly { domain: string | null; result: string | null }[],
  names: OwnNames,
): string[] {
  const domains: string[] = [];
  for (const { domain, result } of results)
    if (result === 'pass' && domain !== null && !names.isOwn(domain)) domains.push(domain);
  return domains;
}

function signaturesOf(shape: Profile, names: OwnNames): OwnSignature[] {
  const { headerFrom } = shape.identifiers;
  const found: OwnSignature[] = [];
  for (const { domain, selector, result } of shape.dkim) {
    // "none" is how many reporters say that there was no signature.
    if (domain === null || result === null || result === 'none') continue;
    const passed = result === 'pass';
    const isOwn = names.isOwn(domain);
    const tenancyOf = isOwn ? null : names.serviceThatSignsForYou(domain, headerFrom);
    if (!isOwn && tenancyOf === null) continue;
    const key = isOwn ? `${domain} ${selector ?? '-'}` : `tenancy ${tenancyOf ?? ''}`;
    found.push({ key, domain, selector, passed, tenancyOf });
  }
  const isTold = found.some(({ passed, tenancyOf }) => passed && tenancyOf === null);
  if (shape.policyEvaluated.dkimAligned !== true || isTold) return found;
  const domain = headerFrom ?? names.policyDomain;
  return [...found, { key: `${domain} -`, domain, selector: null, passed: true, tenancyOf: null }];
}

function ownSpfOf({ spf, policyEvaluated }: Profile, names: OwnNames): Reading['ownSpf'] {
  if (policyEvaluated.spfAligned === true) return 'passed';
  const own = spf.filter(({ domain }) => domain !== null && names.isOwn(domain));
  if (own.some(({ result }) => result === 'pass')) return 'passed';
  return own.some(({ result }) => result === 'temperror') ? 'dns-error' : null;
}

function toldBy({ policyEvaluated: { reasons } }: Profile): string | null {
  for (const { type, comment } of reasons) {
    if (type === 'mailing_list' || type === 'forwarded' || type === 'trusted_forwarder')
      return type;
    if (comment === 'arc=pass') return 'arc';
  }
  return null;
}
