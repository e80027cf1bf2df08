import type { DkimFacts, DnsSnapshot, Presence } from './dns-snapshot.ts';

/**
 * What changed between two snapshots of a domain, each change in words, in the order DMARC, SPF, DKIM,
 * MX and the rest. What is unknown on either side is no change; compare `lastKnown` with the next one,
 * so that a change is seen although a look-up failed in between. TTLs are no change.
 */
export function compareSnapshots(before: DnsSnapshot, after: DnsSnapshot): string[] {
  return [
    ...textChange('The DMARC record', dmarcText(before), dmarcText(after)),
    ...textChange('The SPF record', spfText(before), spfText(after)),
    ...networkChanges(before, after),
    ...dkimChanges(before, after),
    ...setChange('mail exchangers (MX)', exchangers(before), exchangers(after)),
    ...setChange('addresses of the domain', addresses(before), addresses(after)),
    ...tenantChange(before.microsoftTenant, after.microsoftTenant),
    ...textChange('The MTA-STS record', presenceText(before.mtaSts), presenceText(after.mtaSts)),
    ...textChange('The TLS-RPT record', presenceText(before.tlsRpt), presenceText(after.tlsRpt)),
    ...wildcardChange(before.wildcard, after.wildcard),
    ...nameChanges(before, after),
  ];
}

/** The later snapshot, with what it does not know taken from the earlier one. */
export function lastKnown(before: DnsSnapshot, after: DnsSnapshot): DnsSnapshot {
  return {
    ...after,
    dmarc: after.dmarc.state === 'unknown' ? before.dmarc : after.dmarc,
    spf: isHalfRead(before, after) ? before.spf : known(before, after, 'spf'),
    dkim: after.dkim.map((key) => (key.state === 'unknown' ? (keyOf(before, key) ?? key) : key)),
    mx: known(before, after, 'mx'),
    addresses: after.addresses.length > 0 ? after.addresses : before.addresses,
    microsoftTenant: after.microsoftTenant ?? before.microsoftTenant,
    mtaSts: known(before, after, 'mtaSts'),
    tlsRpt: known(before, after, 'tlsRpt'),
    wildcard: after.wildcard ?? before.wildcard,
    names: after.names.map(({ name, exists }) => ({
      name,
      exists: exists ?? before.names.find((other) => other.name === name)?.exists ?? null,
    })),
  };
}

/** The record itself is as it was, and something below it could not be asked for. */
function isHalfRead(before: DnsSnapshot, after: DnsSnapshot): boolean {
  return after.spf.lookups === null && after.spf.text === before.spf.text;
}

function known<K extends 'spf' | 'mx' | 'mtaSts' | 'tlsRpt'>(
  before: DnsSnapshot,
  after: DnsSnapshot,
  key: K,
): DnsSnapshot[K] {
  return after[key].state === 'unknown' ? before[key] : after[key];
}

/** A record as text; '' where there is none, null where that is unknown. */
type Known = string | null;

function dmarcText({ dmarc }: DnsSnapshot): Known {
  return dmarc.state === 'unknown' ? null : dmarc.texts.toSorted().join(' | ');
}

function spfText({ spf }: DnsSnapshot): Known {
  if (spf.state === 'unknown') return null;
  return spf.text ?? (spf.state === 'several' ? 'several records' : '');
}

function presenceText({ state, text }: Presence): Known {
  if (state === 'unknown') return null;
  return text ?? (state === 'several' ? 'several records' : '');
}

function textChange(what: string, before: Known, after: Known): string[] {
  if (before === null || after === null || before === after) return [];
  if (before === '') return [`${what} was published: ${after}`];
  if (after === '') return [`${what} is gone. It was: ${before}`];
  return [`${what} changed from ${before} to ${after}`];
}

/** What an include covers can change while the record's own text stays. */
function networkChanges(before: DnsSnapshot, after: DnsSnapshot): string[] {
  const isRead = [before, after].every(({ spf }) => spf.state === 'valid' && spf.lookups !== null);
  if (!isRead || before.spf.text !== after.spf.text) return [];
  const changes: string[] = [];
  for (const { domain } of after.spf.includes) {
    const had = networksOf(before, domain);
    const has = networksOf(after, domain);
    const added = has.filter((network) => !had.includes(network)).length;
    const removed = had.filter((network) => !has.includes(network)).length;
    if (added + removed > 0)
      changes.push(`The networks of ${domain} (SPF) changed: ${added} added, ${removed} removed`);
  }
  return changes;
}

function networksOf({ spf }: DnsSnapshot, include: string): string[] {
  return spf.networks.filter((each) => each.include === include).map(({ network }) => network);
}

function dkimChanges(before: DnsSnapshot, after: DnsSnapshot): string[] {
  return after.dkim.flatMap((key) => {
    const earlier = keyOf(before, key);
    if (!earlier || key.state === 'unknown' || earlier.state === 'unknown') return [];
    const name = key.domain === undefined ? key.selector : `${key.selector} of ${key.domain}`;
    if (key.state !== earlier.state)
      return [`The DKIM key ${name} is ${key.state} now; it was ${earlier.state}`];
    return keyChange(name, earlier, key);
  });
}

function keyChange(name: string, before: DkimFacts, after: DkimFacts): string[] {
  const isSame = (before.keyFingerprint ?? null) === (after.keyFingerprint ?? null);
  if (!isSame && before.keyFingerprint !== undefined)
    return [`The DKIM key ${name} was changed: ${keyWords(before)} before, ${keyWords(after)} now`];
  if (before.testing === after.testing) return [];
  return [
    `The DKIM key ${name} is ${after.testing ? 'marked' : 'no longer marked'} as a test (t=y)`,
  ];
}

function keyWords({ keyType, keyBits }: DkimFacts): string {
  return keyBits === null ? 'no readable key' : `${keyType ?? 'a key'} of ${keyBits} bits`;
}

function keyOf({ dkim }: DnsSnapshot, { selector, domain }: DkimFacts): DkimFacts | undefined {
  return dkim.find((key) => key.selector === selector && key.domain === domain);
}

const exchangers = ({ mx }: DnsSnapshot): string[] | null =>
  mx.state === 'unknown' ? null : mx.nullMx ? ['none (null MX)'] : mx.hosts.map(({ name }) => name);

const addresses = ({ addresses: list }: DnsSnapshot): string[] | null =>
  list.length === 0 ? null : list;

function setChange(what: string, before: string[] | null, after: string[] | null): string[] {
  if (before === null || after === null) return [];
  const added = after.filter((each) => !before.includes(each));
  const removed = before.filter((each) => !after.includes(each));
  if (added.length + removed.length === 0) return [];
  const parts = [
    ...(added.length > 0 ? [`added ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removed ${removed.join(', ')}`] : []),
  ];
  return [`The ${what} changed: ${parts.join('; ')}`];
}

function tenantChange(before: string | null, after: string | null): string[] {
  if (before === null || after === null || before === after) return [];
  return [`The Microsoft 365 tenant changed from ${before} to ${after}`];
}

function wildcardChange(before: boolean | null, after: boolean | null): string[] {
  if (before === null || after === null || before === after) return [];
  return [
    after ? 'Every name below the domain exists now' : 'Names below the domain no longer all exist',
  ];
}

function nameChanges(before: DnsSnapshot, after: DnsSnapshot): string[] {
  return after.names.flatMap(({ name, exists }) => {
    const earlier = before.names.find((other) => other.name === name)?.exists ?? null;
    if (exists === null || earlier === null || exists === earlier) return [];
    return [exists ? `${name} exists now` : `${name} no longer exists`];
  });
}
