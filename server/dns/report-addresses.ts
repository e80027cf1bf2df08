import { isDmarcText } from '../records/dmarc-record.ts';
import type { DmarcFacts, Finding } from '../records/dns-snapshot.ts';
import { findingOf, problem } from '../records/findings.ts';
import { publicSuffixDomain } from '../records/public-suffix-domain.ts';
import { readReportUri } from '../records/report-uri.ts';
import type { Resolver } from './look-up.ts';
import { textsAt } from './texts.ts';
import { organizationalDomainOf, walkTree } from './tree-walk.ts';
import type { WalkStep } from './tree-walk.ts';

type Address = DmarcFacts['rua'][number];

/** Addresses whose permission is asked for; reporters look at the first few only. */
const MOST_ADDRESSES = 10;

/**
 * The `mailto:` addresses of rua, and whether hosts outside of the organizational domain have agreed to
 * receive reports: `<domain>._report._dmarc.<host>` with `v=DMARC1` (RFC 9990 §4).
 */
export async function reportAddresses(
  step: WalkStep | null,
  resolver: Resolver,
): Promise<{ facts: Address[]; findings: Finding[] }> {
  const uris = (step?.record?.rua ?? []).map(readReportUri).filter(({ host }) => host !== null);
  const checked = await Promise.all(
    uris
      .slice(0, MOST_ADDRESSES)
      .map(({ uri, host }) => checkAddress(uri, host ?? '', step, resolver)),
  );
  return {
    facts: checked.map(({ address }) => address),
    findings: checked.flatMap(({ findings }) => findings),
  };
}

async function checkAddress(
  uri: string,
  host: string,
  step: WalkStep | null,
  resolver: Resolver,
): Promise<{ address: Address; findings: Finding[] }> {
  const domain = step?.domain ?? '';
  if (!(await isExternal(domain, host, resolver)))
    return { address: { uri, external: false, authorised: true }, findings: [] };
  const name = `${domain}._report._dmarc.${host}`;
  const { texts, failure } = await textsAt(resolver, name);
  if (failure !== null) {
    const unknown = problem('rua-unknown', { host, domain, reason: failure });
    return { address: { uri, external: true, authorised: null }, findings: [findingOf(unknown)] };
  }
  const authorised = texts.some(isDmarcText);
  const corrected = { name, type: 'TXT', value: 'v=DMARC1;' };
  const found = findingOf(problem('rua-not-authorised', { host, domain, uri }), corrected);
  return { address: { uri, external: true, authorised }, findings: authorised ? [] : [found] };
}

async function isExternal(domain: string, host: string, resolver: Resolver): Promise<boolean> {
  if (host === domain) return false;
  const [own, other] = await Promise.all(
    [domain, host].map((name) => organization(name, resolver)),
  );
  return own !== other;
}

/** By the tree walk; by the public suffix list where a question of the walk failed. */
async function organization(name: string, resolver: Resolver): Promise<string> {
  return organizationalDomainOf(await walkTree(name, resolver)) ?? publicSuffixDomain(name);
}
