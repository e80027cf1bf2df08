import { randomBytes } from 'node:crypto';
import { domainName } from '../../ingest/domain-name.ts';
import type { DnsSnapshot } from '../records/dns-snapshot.ts';
import { spfFactsOf } from '../records/spf-facts.ts';
import { spfFindings } from '../records/spf-findings.ts';
import { addressesOf } from './addresses.ts';
import { dkimFacts } from './dkim-facts.ts';
import type { Selector } from './dkim-facts.ts';
import { dmarcFacts } from './dmarc-facts.ts';
import { existingNames, nameExists } from './existence.ts';
import type { Resolver } from './look-up.ts';
import { microsoftTenant } from './microsoft-tenant.ts';
import { mxFacts } from './mx-facts.ts';
import { mtaStsPresence, tlsRptPresence } from './presence.ts';
import { readSpfTree } from './spf-tree-reader.ts';

export interface SnapshotOptions {
  /** Opened for this run alone. */
  resolver: Resolver;
  /** Selectors seen in reports; a text means one of the domain itself. */
  selectors: readonly (string | Selector)[];
  /** Names below the domain whose existence matters (np). */
  names: readonly string[];
  nowSeconds: number;
}

/** Selectors that are asked for in one run. */
const MOST_SELECTORS = 50;

/**
 * All that DNS says about a domain now, with what is wrong in it. Never throws on what DNS answers:
 * what could not be asked is `unknown`. A domain of some includes and selectors takes 30 to 60
 * questions; the resolver's limits hold for the whole.
 */
export async function takeSnapshot(domain: string, options: SnapshotOptions): Promise<DnsSnapshot> {
  const { resolver } = options;
  const name = domainName(domain).domain;
  const exists = await nameExists(name, resolver);
  const [dmarc, tree, mx, hosts, tenant, mtaSts, tlsRpt, wildcard] = await Promise.all([
    dmarcFacts(name, exists, resolver),
    readSpfTree(name, resolver),
    mxFacts(name, resolver),
    addressesOf(resolver, name),
    microsoftTenant(name, resolver),
    mtaStsPresence(name, resolver),
    tlsRptPresence(name, resolver),
    nameExists(`${randomLabel()}.${name}`, resolver),
  ]);
  // Only now: reports name them, so strangers do, and the run may end at them.
  const [keys, names] = await Promise.all([
    Promise.all(selectorsOf(options).map((selector) => dkimFacts(name, selector, resolver))),
    existingNames(options.names, resolver),
  ]);
  const spf = spfFactsOf(tree);
  return {
    domain: name,
    askedSeconds: options.nowSeconds,
    resolver: resolver.name,
    dmarc: dmarc.facts,
    spf,
    dkim: keys.map(({ facts }) => facts),
    mx: mx.facts,
    addresses: hosts.addresses.sort(),
    microsoftTenant: tenant,
    mtaSts: mtaSts.facts,
    tlsRpt: tlsRpt.facts,
    wildcard,
    names,
    findings: [
      ...dmarc.findings,
      ...spfFindings(tree, spf),
      ...keys.flatMap(({ findings }) => findings),
      ...[mx, mtaSts, tlsRpt].flatMap(({ findings }) => findings),
    ],
  };
}

function selectorsOf({ selectors }: SnapshotOptions): Selector[] {
  return selectors
    .slice(0, MOST_SELECTORS)
    .map((selector) => (typeof selector === 'string' ? { selector } : selector));
}

/** A label that nobody has published: if it exists, everything below the domain does. */
const randomLabel = (): string => `x${randomBytes(10).toString('hex')}`;
