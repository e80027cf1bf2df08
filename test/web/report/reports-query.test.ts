import { expect, test } from 'vitest';
import { reportsQueryOf } from '../../../web/report/reports-query.ts';

const queries: [address: string, filter: object][] = [
  ['', {}],
  ['domain=example.org&org=&cursor=12', { domain: 'example.org', cursor: '12' }],
  ['from=2026-11-01', { from: '2026-11-01' }],
  ['to=2026-11-07&from=soon', { to: '2026-11-07' }],
  ['source=net%3A203.0.113.0%2F24&limit=500', { source: 'net:203.0.113.0/24' }],
];
test.each(queries)(
  'the address "%s" filters by what it names and nothing else',
  (address, filter) => {
    expect(reportsQueryOf(new URLSearchParams(address))).toEqual(filter);
  },
);
