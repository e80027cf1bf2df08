import { isIP } from 'node:net';
import type { MxFacts } from '../records/dns-snapshot.ts';
import { findingOf, problem } from '../records/findings.ts';
import type { RecordProblem } from '../records/findings.ts';
import { addressesOf } from './addresses.ts';
import type { Checked } from './dmarc-facts.ts';
import { FAILURES } from './look-up.ts';
import type { RecordData, Resolver } from './look-up.ts';

/** Mail exchangers that are looked at. */
const MOST_HOSTS = 20;

/** Where mail to the domain goes. */
export async function mxFacts(domain: string, resolver: Resolver): Promise<Checked<MxFacts>> {
  const answer = await resolver.lookUp(domain, 'MX');
  if (answer.kind === 'failed')
    return checked('unknown', [problem('mx-unknown', { reason: FAILURES[answer.reason] })]);
  if (answer.kind !== 'found') return checked('absent', [problem('mx-absent', { domain })]);
  const nullMx = answer.data.some(({ exchange }) => exchange === '.');
  if (nullMx && answer.data.length === 1) {
    const facts: MxFacts = { state: 'valid', nullMx, hosts: [] };
    return { facts, findings: [findingOf(problem('mx-null', { domain }))] };
  }
  const hosts = answer.data.filter(({ exchange }) => exchange !== '.').slice(0, MOST_HOSTS);
  const read = await Promise.all(hosts.map((host) => readHost(host, resolver)));
  const problems = read.flatMap((host) => host.problems);
  if (nullMx) problems.push(problem('mx-null-with-others'));
  const facts: MxFacts = {
    state: nullMx ? 'invalid' : 'valid',
    nullMx: false,
    hosts: read.map(({ host }) => host).sort(byPreference),
  };
  return { facts, findings: problems.map((found) => findingOf(found)) };
}

function checked(state: MxFacts['state'], problems: readonly RecordProblem[]): Checked<MxFacts> {
  const findings = problems.map((found) => findingOf(found));
  return { facts: { state, nullMx: false, hosts: [] }, findings };
}

async function readHost(
  { exchange, preference }: RecordData['MX'],
  resolver: Resolver,
): Promise<{ host: MxFacts['hosts'][number]; problems: RecordProblem[] }> {
  const { addresses, isUnknown, isAlias } = await addressesOf(resolver, exchange);
  const problems: RecordProblem[] = [];
  if (isIP(exchange)) problems.push(problem('mx-is-address', { host: exchange }));
  else if (addresses.length === 0 && !isUnknown)
    problems.push(problem('mx-no-address', { host: exchange }));
  if (isAlias) problems.push(problem('mx-alias', { host: exchange }));
  return { host: { name: exchange, preference, addresses: [...addresses].sort() }, problems };
}

function byPreference(a: MxFacts['hosts'][number], b: MxFacts['hosts'][number]): number {
  return a.preference - b.preference || (a.name < b.name ? -1 : 1);
}
