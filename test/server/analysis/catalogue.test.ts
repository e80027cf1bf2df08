import { describe, expect, test } from 'vitest';

import { catalogue } from '../../../server/analysis/catalogue/catalogue.ts';
import { factsOf } from '../../../server/analysis/service.ts';

const DOMAIN_FACTS = [
  'signingDomains',
  'returnPathSuffixes',
  'ptrSuffixes',
  'spfIncludes',
] as const;

describe('the catalogue of services', () => {
  test('ids are unique, short and lower-case', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('names are unique', () => {
    const names = catalogue.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(catalogue)('$id can be told by at least one sign', (service) => {
    const signs = [
      ...factsOf(service, 'signingDomains'),
      ...factsOf(service, 'returnPathSuffixes'),
    ];
    expect(signs).not.toEqual([]);
  });

  test.each(catalogue)(
    '$id: a signature that stands alone has a network to agree with',
    (service) => {
      if (factsOf(service, 'returnPathSuffixes').length > 0) return;
      expect(factsOf(service, 'asns')).not.toEqual([]);
    },
  );

  test.each(catalogue)('$id: domains are lower-case names of at least two labels', (service) => {
    for (const kind of DOMAIN_FACTS)
      for (const domain of factsOf(service, kind))
        expect(domain).toMatch(/^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9-]+)+$/);
  });

  test.each(catalogue)(
    '$id: every fact stands in a dated or undated public document',
    (service) => {
      for (const { source, dated, ...facts } of service.documents) {
        expect(new URL(source).protocol).toBe('https:');
        if (dated !== null) expect(dated).toMatch(/^20[0-9]{2}-(0[1-9]|1[0-2])$/);
        expect(Object.values(facts).flat()).not.toEqual([]);
      }
    },
  );

  test.each(catalogue)('$id: a tenancy pattern is one that captures the customer', (service) => {
    if (service.tenancyPattern === null) return;
    expect(() => new RegExp(service.tenancyPattern ?? '')).not.toThrow();
    expect(service.tenancyPattern).toMatch(/^\^\(.+\$$/);
  });

  test.each(['signingDomains', 'returnPathSuffixes', 'ptrSuffixes'] as const)(
    'no domain of %s is claimed by two services, or lies below one that another claims',
    (kind) => {
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
      expect(clashes).toEqual([]);
    },
  );

  test('the pattern of Google gives the customer of a default signature', () => {
    const google = catalogue.find(({ id }) => id === 'google');
    const pattern = new RegExp(google?.tenancyPattern ?? '$.');
    expect(pattern.exec('example-org.20230601.gappssmtp.com')?.[1]).toBe('example-org');
    expect(pattern.exec('gappssmtp.com')).toBeNull();
  });
});
