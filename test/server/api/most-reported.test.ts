import { expect, test } from 'vitest';
import { emptyTally } from '../../../ingest/outcome.ts';
import { mostReported } from '../../../server/api/most-reported.ts';

const domain = (name: string, messages: number, reports: number) => ({
  ...{ domain: name, policyPublished: null, reports, reporters: 1, lastReportEndSeconds: null },
  tally: { ...emptyTally(), messages, dmarcAligned: messages },
});

test('of too many domains those with the most reports are listed, and the others are summed', () => {
  const invented = [1, 2, 3].map((serial) => domain(`invented-${serial}.example`, 10 ** 9, 1));
  const own = [domain('example.org', 40, 60), domain('example.net', 7, 30)];
  const { listed, more } = mostReported([...invented, ...own], 2);
  expect(listed).toEqual(own);
  expect(more).toEqual({
    domains: 3,
    messages: 3 * 10 ** 9,
    dmarcAligned: 3 * 10 ** 9,
    reports: 3,
  });
});

test('where all can be listed nothing is left out, and the order stays', () => {
  const all = [domain('b.example', 9, 1), domain('a.example', 5, 8)];
  expect(mostReported(all, 2)).toEqual({
    listed: all,
    more: { domains: 0, messages: 0, dmarcAligned: 0, reports: 0 },
  });
});
