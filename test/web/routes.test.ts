import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Route,
  compareHref,
  DOMAIN_PARTS,
  domainHref,
  domainPartHref,
  reportHref,
  reportsHref,
  routeOf,
  sourceHref,
  sourcesHref,
  withQuery,
} from '../../web/routes.ts';

const paths: [path: string, route: Route][] = [
  ['/', { page: 'overview' }],
  ['/domains', { page: 'overview' }],
  ['/domains/example.org', { page: 'domain', domain: 'example.org' }],
  ['/domains/example.org/', { page: 'domain', domain: 'example.org' }],
  [
    '/domains/example.org/sources/net%3A203.0.113.0%2F24',
    { page: 'source', domain: 'example.org', source: 'net:203.0.113.0/24' },
  ],
  ['/domains/example.org/what-if', { page: 'what-if', domain: 'example.org' }],
  ['/domains/example.org/dns', { page: 'dns', domain: 'example.org' }],
  ['/domains/example.org/proof', { page: 'proof', domain: 'example.org' }],
  ['/domains/example.org/proof/x', { page: 'not-found' }],
  ['/domains/example.org/sources', { page: 'not-found' }],
  ['/domains/example.org/other/x', { page: 'not-found' }],
  ['/reports', { page: 'reports' }],
  ['/reports/12', { page: 'report', id: 12 }],
  ['/reports/0', { page: 'not-found' }],
  ['/reports/12x', { page: 'not-found' }],
  ['/reports/12/rows', { page: 'not-found' }],
  ['/mailboxes', { page: 'mailboxes' }],
  ['/mailboxes/add', { page: 'add-mailbox' }],
  ['/mailboxes/1', { page: 'not-found' }],
  ['/mailboxes/add/more', { page: 'not-found' }],
  ['/%', { page: 'not-found' }],
  ['/settings', { page: 'not-found' }],
];
test.each(paths)('%s leads to its page', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

const pathOf = (href: string): string => new URL(href, 'http://127.0.0.1').pathname;
/** A dot alone is a step in a path, and the browser takes it. */
const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((name) => name !== '.' && name !== '..');

test('whatever a domain or source is called, its link leads back to it', () => {
  fc.assert(
    fc.property(names, names, (domain, source) => {
      expect(routeOf(pathOf(domainHref(domain, null)))).toEqual({ page: 'domain', domain });
      expect(routeOf(pathOf(sourceHref(domain, source, null)))).toEqual({
        page: 'source',
        domain,
        source,
      });
      for (const part of DOMAIN_PARTS) {
        expect(routeOf(pathOf(domainPartHref(domain, part)))).toEqual({ page: part, domain });
      }
    }),
    { numRuns: 300 },
  );
});

test('links carry the period, and leave it out where it is the default', () => {
  const period = { from: '2026-11-01', to: '2026-11-07' };
  expect(domainHref('example.org', period)).toBe(
    '/domains/example.org?from=2026-11-01&to=2026-11-07',
  );
  expect(domainHref('example.org', null)).toBe('/domains/example.org');
  expect(reportHref(7)).toBe('/reports/7');
  expect(reportsHref({ domain: 'example.org', address: '2001:db8::7' }, period)).toBe(
    '/reports?domain=example.org&address=2001%3Adb8%3A%3A7&from=2026-11-01&to=2026-11-07',
  );
});

test('links to a comparison and to some sources are links to the domain', () => {
  expect(compareHref('example.org', '2026-11-05', null)).toBe(
    '/domains/example.org?compare=2026-11-05#compare',
  );
  expect(sourcesHref('example.org', 'as:64500')).toBe('/domains/example.org?q=as%3A64500');
});

test('a query holds only what has a value', () => {
  expect(withQuery('/x', { a: null, b: undefined, c: '', d: 0, e: 'ü &' })).toBe(
    '/x?d=0&e=%C3%BC+%26',
  );
});
