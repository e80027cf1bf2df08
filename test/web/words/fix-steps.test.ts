import { expect, test } from 'vitest';
import type { SourceDetailResponse } from '../../../server/api/contract-sources.ts';
import { fixSteps } from '../../../web/words/fix-steps.ts';
import { aTally } from '../tally.ts';

type Source = SourceDetailResponse['source'];

const detail = (
  source: Partial<Source>,
  rest: Partial<SourceDetailResponse> = {},
): SourceDetailResponse => ({
  range: { from: '2026-11-01', to: '2026-11-30' },
  source: {
    id: 'net:203.0.113.0/24#own',
    name: '203.0.113.0/24, as you',
    network: { id: 'net:203.0.113.0/24', name: '203.0.113.0/24', kind: 'block', evidence: '' },
    split: { kind: 'own', domain: null },
    class: 'own',
    classShown: 'own-needs-work',
    evidence: [],
    word: null,
    tally: aTally({ neither: 10 }),
    addresses: 1,
    firstDay: null,
    lastDay: null,
    passedUnaligned: [],
    advice: null,
    ...source,
  },
  everyDays: null,
  ...{
    addresses: [],
    signatures: [],
    returnPaths: [],
    receivers: [],
    reasons: [],
    headerFroms: [],
  },
  ...rest,
});

const address = (sourceIp: string) => ({
  sourceIp,
  tally: aTally({ neither: 1 }),
  ...{ pointer: null, pointerConfirmed: false, asName: null },
});
const texts = (of: SourceDetailResponse) => fixSteps('example.org', of).map(({ text }) => text);

test('what the service asks for comes first, line by line, with what to paste', () => {
  const steps = fixSteps(
    'example.org',
    detail({ advice: 'Add a CNAME at `k1._domainkey.example.org`.\n\nThen verify the domain.' }),
  );
  expect(steps.slice(0, 2)).toEqual([
    {
      text: 'Add a CNAME at k1._domainkey.example.org.',
      copy: 'k1._domainkey.example.org',
    },
    { text: 'Then verify the domain.', copy: null },
  ]);
});

test('a signature of somebody else is named, and who has to sign instead', () => {
  const passedUnaligned = [{ by: 'dkim' as const, domain: 'mcsv.net', messages: 412 }];
  expect(texts(detail({ passedUnaligned }))[0]).toContain('It signs as mcsv.net (412 messages)');
});

test('a signature of one’s own that does not verify leads to its key', () => {
  const signatures = [
    { domain: 'other.example', selector: 'x', result: 'fail', messages: 3 },
    { domain: 'mail.example.org', selector: 's1', result: 'fail', messages: 3 },
  ];
  const [first] = fixSteps('example.org', detail({}, { signatures }));
  expect(first?.text).toContain('does not verify (fail)');
  expect(first?.copy).toBe('s1._domainkey.mail.example.org');
});

test('a name that only ends like the domain is not the domain', () => {
  const signatures = [{ domain: 'notexample.org', selector: 's1', result: 'fail', messages: 3 }];
  expect(texts(detail({}, { signatures }))[0]).toContain('It does not sign');
});

test('a server of one’s own gets its addresses to paste into SPF', () => {
  const addresses = [address('203.0.113.7'), address('2001:db8::7')];
  const steps = fixSteps('example.org', detail({}, { addresses }));
  expect(steps.map(({ copy }) => copy)).toContain('ip4:203.0.113.7 ip6:2001:db8::7');
});

test('addresses of a service, or very many, are nothing to paste', () => {
  const network = { id: 'service:x', name: 'X', kind: 'service' as const, evidence: '' };
  const of = [
    detail({ network }, { addresses: [address('203.0.113.7')] }),
    detail({}, { addresses: [1, 2, 3, 4, 5].map((last) => address(`203.0.113.${last}`)) }),
  ];
  for (const one of of) {
    expect(fixSteps('example.org', one).every(({ copy }) => copy === null)).toBe(true);
  }
});

test('what is aligned already is no step', () => {
  expect(texts(detail({ tally: aTally({ bothAligned: 10 }) }))).toHaveLength(1);
});

test('the last step is to wait for reports and say that it is mended', () => {
  expect(texts(detail({})).at(-1)).toContain('mark it as fixed');
});
