import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { domainName } from '../../../ingest/domain-name.ts';
import { catalogue } from '../../../server/analysis/catalogue/catalogue.ts';
import { factsOf, type Service, type ServiceKind } from '../../../server/analysis/service.ts';

const DOMAIN_FACTS = [
  'signingDomains',
  'returnPathSuffixes',
  'ptrSuffixes',
  'spfIncludes',
] as const;

/** Kinds whose customers send as themselves, and so can be told how to align. */
const SENDER_KINDS: readonly ServiceKind[] = [
  'newsletter',
  'transactional',
  'crm',
  'helpdesk',
  'commerce',
  'forms-and-surveys',
  'collaboration',
  'web-hosting',
];

/** Of these no document says that a customer can align anything. */
const WITHOUT_ADVICE = ['substack'];

/** Networks that rent machines to anyone: being in one agrees with nothing. */
const RENTING_NETWORKS = [8075, 14_061, 14_618, 16_276, 16_509, 24_940, 31_898, 63_949, 396_982];

/** A domain of one service that lies below a domain of another; the longer decides. */
const BELOW_ANOTHER = ['outlook-com and microsoft-365: protection.outlook.com'];

const hasSign = (service: Service): boolean =>
  factsOf(service, 'signingDomains').length + factsOf(service, 'returnPathSuffixes').length > 0;

describe('the catalogue of services', () => {
  test('an id is unique, short, lower-case, and once given it stays', () => {
    const ids = catalogue.map(({ id }) => id);
    const given = readFileSync(new URL('catalogue-ids.txt', import.meta.url), 'utf8');
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(given.trim().split('\n'));
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('names are unique', () => {
    const names = catalogue.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  test('at least 100 services can be told by a signature or a return path', () => {
    const told = catalogue.filter(hasSign).length;
    console.log(`${told} of ${catalogue.length} services with a signing or return-path fact`);
    expect(told).toBeGreaterThanOrEqual(100);
  });

  test.each(catalogue)('$id has a fact to be told by', (service) => {
    const domains = DOMAIN_FACTS.flatMap((kind) => factsOf(service, kind));
    // A filter's own network tells what kind of machine is in it; others' networks tell nothing.
    const networks = service.kind === 'security-gateway' ? factsOf(service, 'asns') : [];
    expect([...domains, ...networks]).not.toEqual([]);
  });

  test.each(catalogue)('$id: domains are lower-case A-labels of at least two labels', (service) => {
    for (const kind of DOMAIN_FACTS)
      for (const domain of factsOf(service, kind)) {
        expect(domainName(domain)).toEqual({ domain, isValid: true });
        expect(domain).toMatch(/^[a-z0-9_-]+(\.[a-z0-9-]+)+$/);
      }
  });

  test.each(catalogue)('$id: no fact is told twice', (service) => {
    for (const kind of [...DOMAIN_FACTS, 'asns'] as const) {
      const facts = factsOf(service, kind);
      expect(new Set(facts).size).toBe(facts.length);
    }
  });

  test.each(catalogue)('$id: every fact stands in a public document and its month', (service) => {
    for (const { source, dated, ...facts } of service.documents) {
      expect(new URL(source).protocol).toBe('https:');
      expect(new URL(source).href).toBe(source);
      if (dated !== null) expect(dated).toMatch(/^20[0-9]{2}-(0[1-9]|1[0-2])$/);
      expect(Object.values(facts).flat()).not.toEqual([]);
    }
  });

  test.each(catalogue)('$id: its networks are its own', (service) => {
    for (const asn of factsOf(service, 'asns')) expect(RENTING_NETWORKS).not.toContain(asn);
  });

  test.each(catalogue.filter(({ kind }) => SENDER_KINDS.includes(kind)))(
    '$id: says how to align',
    ({ id, alignDkim, alignSpf }) => {
      const said = [alignDkim, alignSpf].filter((advice) => advice !== null);
      expect(said.length === 0).toBe(WITHOUT_ADVICE.includes(id));
      for (const advice of said) expect(advice).toMatch(/^[A-Z].{20,240}\.$/);
    },
  );
});

describe('domains that several services claim', () => {
  test.each(DOMAIN_FACTS)('there is none of %s, nor one below another, but as listed', (kind) => {
    const claims = catalogue.flatMap((service) =>
      factsOf(service, kind).map((domain) => ({ domain, id: service.id })),
    );
    const clashes = claims.flatMap((claim) =>
      claims
        .filter(
          (other) =>
            other.id !== claim.id &&
            (other.domain === claim.domain || other.domain.endsWith(`.${claim.domain}`)),
        )
        .map((other) => `${claim.id} and ${other.id}: ${other.domain}`),
    );
    expect(clashes).toEqual(kind === 'returnPathSuffixes' ? BELOW_ANOTHER : []);
  });
});

describe('patterns of a customer in a default signing domain', () => {
  const patterned = catalogue.filter(({ tenancyPattern }) => tenancyPattern !== null);

  test.each(patterned)('$id: anchored, one group, said what it names', (service) => {
    const pattern = service.tenancyPattern ?? '';
    expect(pattern).toMatch(/^\^.+\$$/);
    expect(new RegExp(`${pattern}|`).exec('')).toHaveLength(2);
    expect(['domain', 'tenant']).toContain(service.tenancyNames);
  });

  test.each(patterned)('$id: long hostile names are read in no time', (service) => {
    const pattern = service.tenancyPattern ?? '';
    expect(pattern).not.toMatch(/[+*}]\)*[+*{]/);
    const suffix = factsOf(service, 'signingDomains')[0] ?? '';
    const start = performance.now();
    for (const part of ['a', 'a.', '1', '1.', '-', 'a-1.'])
      new RegExp(pattern).test(`${part.repeat(20_000)}.${suffix}!`);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('without a pattern nothing is said of what it names', () => {
    for (const { tenancyPattern, tenancyNames } of catalogue)
      expect(tenancyNames === undefined).toBe(tenancyPattern === null);
  });
});
