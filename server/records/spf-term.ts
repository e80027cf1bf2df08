import { isDomainSpec, isMacroString } from './spf-macro.ts';
import { networkOf } from './network.ts';

export type SpfQualifier = '+' | '-' | '~' | '?';
export type SpfMechanismName = 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists';

export interface SpfMechanism {
  kind: 'mechanism';
  /** As published, without white space. */
  text: string;
  qualifier: SpfQualifier;
  name: SpfMechanismName;
  /** The domain-spec; null where the term names none (then a, mx and ptr mean the record's domain). */
  domain: string | null;
  /** Of ip4 and ip6, canonical; null of the others. */
  network: string | null;
  /** Prefix lengths of a and mx. */
  ip4Bits: number;
  ip6Bits: number;
}

export interface SpfModifier {
  kind: 'modifier';
  text: string;
  /** Lower case. */
  name: string;
  value: string;
}

export type SpfTerm = SpfMechanism | SpfModifier;

const NAMES: readonly string[] = ['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists'];
const MODIFIER = /^([a-z][a-z0-9\-_.]*)=([^]*)$/i;
const MECHANISM = /^([+\-~?]?)([a-z][a-z0-9]*)((?::[^]*)?)$/i;
const LENGTHS = /(?:\/(\d{1,3}))?(?:\/\/(\d{1,3}))?$/;

/** Reads one term (RFC 7208 §4.6.1 and §5); null where it is none. */
export function readSpfTerm(text: string): SpfTerm | null {
  const modifier = MODIFIER.exec(text);
  return modifier ? readModifier(text, modifier) : readMechanism(text);
}

function readModifier(
  text: string,
  [, name = '', value = '']: RegExpExecArray,
): SpfModifier | null {
  const lower = name.toLowerCase();
  const isKnown = lower === 'redirect' || lower === 'exp';
  const isWellFormed = isKnown ? isDomainSpec(value) : isMacroString(value, true);
  return isWellFormed ? { kind: 'modifier', text, name: lower, value } : null;
}

function readMechanism(text: string): SpfMechanism | null {
  const { rest, ip4, ip6 } = withoutLengths(text);
  const match = MECHANISM.exec(rest);
  const name = match?.[2]?.toLowerCase() ?? '';
  if (!match || !NAMES.includes(name)) return null;
  const argument = match[3] === '' ? null : (match[3] ?? '').slice(1);
  const qualifier = (match[1] === '' ? '+' : match[1]) as SpfQualifier;
  const term = { kind: 'mechanism', text, qualifier, name: name as SpfMechanismName } as const;
  if (name === 'ip4' || name === 'ip6') {
    const network = ipNetwork(name, text.slice(text.indexOf(':') + 1), argument);
    return network === null ? null : { ...term, domain: null, network, ip4Bits: 32, ip6Bits: 128 };
  }
  const ip4Bits = bitsOf(ip4, 32);
  const ip6Bits = bitsOf(ip6, 128);
  if (ip4Bits === null || ip6Bits === null) return null;
  const isFit = isArgumentFit(term.name, argument, ip4 !== undefined || ip6 !== undefined);
  return isFit ? { ...term, domain: argument, network: null, ip4Bits, ip6Bits } : null;
}

function withoutLengths(text: string): { rest: string; ip4?: string; ip6?: string } {
  const match = LENGTHS.exec(text);
  const rest = text.slice(0, match?.index ?? text.length);
  return {
    rest,
    ...(match?.[1] === undefined ? {} : { ip4: match[1] }),
    ...(match?.[2] === undefined ? {} : { ip6: match[2] }),
  };
}

function isArgumentFit(
  name: SpfMechanismName,
  argument: string | null,
  hasLength: boolean,
): boolean {
  if (hasLength && name !== 'a' && name !== 'mx') return false;
  if (name === 'all') return argument === null;
  if (argument === null) return name !== 'include' && name !== 'exists';
  return isDomainSpec(argument);
}

function ipNetwork(name: 'ip4' | 'ip6', text: string, argument: string | null): string | null {
  if (argument === null) return null;
  const [address = '', bits, ...more] = text.split('/');
  const most = name === 'ip4' ? 32 : 128;
  const length = bitsOf(bits, most);
  if (length === null || more.length > 0 || address.includes(':') !== (name === 'ip6')) return null;
  return networkOf(address, length);
}

function bitsOf(text: string | undefined, most: number): number | null {
  if (text === undefined) return most;
  return /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= most ? Number(text) : null;
}
