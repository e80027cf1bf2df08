import { expect, test } from 'vitest';
import type { VerdictResponse } from '../../../server/api/contract-verdict.ts';
import type { WhatIfResponse } from '../../../server/api/contract-what-if.ts';
import type { Candidate } from '../../../server/analysis/what-if-types.ts';
import { verdictJson } from '../../../server/api/verdict-json.ts';
import type { VerdictOptions } from '../../../server/insight/insight.ts';
import { anAdvance, aVerdict } from './insight/a-verdict.ts';
import { day } from './insight/tally-of.ts';
import { whatIfOf } from './insight/what-if.ts';
import { startApp } from './start-app.ts';

test('a verdict carries its sentence, its gates, and the senders in the way', async () => {
  const { ask } = await startApp();
  const answer = await ask('/api/domains/Example.ORG/verdict');
  expect(answer.statusCode).toBe(200);
  const verdict = answer.json<VerdictResponse>();
  expect(verdict).toMatchObject({
    domain: 'example.org',
    at: '2026-11-22',
    verdict: 'stay',
    record: null,
    earliest: '2026-12-12',
    policy: { p: 'none', rung: 'none', since: '2026-10-19' },
    own: { messages: 2909, dmarcAligned: 2401 },
    unauthorised: { messages: 9870, dmarcAligned: 0 },
  });
  expect(verdict.blockers.map(({ source, messages }) => [source, messages])).toEqual([
    ['service:mailchimp#own', 412],
    ['net:203.0.113.0/24#own', 96],
    ['as:64501#as:sister.example', 70],
  ]);
  expect(verdict.gates.find(({ id }) => id === 'forwarding-loss')).toMatchObject({
    state: 'accepted',
    value: 0.018,
    threshold: 0.01,
    waiver: { by: 'Ada', day: '2026-11-10', until: '2027-02-10' },
  });
});

test('nothing of a verdict is lost on its way to JSON but the streams behind its sources', () => {
  const json = verdictJson({
    ...anAdvance('example.org'),
    sources: [
      {
        source: {
          id: 'service:mailchimp#own',
          name: 'Mailchimp, as you',
          network: { id: 'service:mailchimp', name: 'Mailchimp', kind: 'service', evidence: '' },
          split: { kind: 'own' },
          class: 'own',
          evidence: [],
          word: null,
          streams: [4],
        },
        sums: { messages: 5, dmarcAligned: 4, dkimAligned: 3, spfAligned: 2 },
        failed: 1,
        needsWork: true,
        everyDays: 7,
        highestFailureRatio: null,
        firstDay: day('2026-11-01'),
        lastDay: null,
      },
    ],
  });
  expect(json).toMatchObject({
    record: 'v=DMARC1; p=quarantine; rua=mailto:postmaster@example.org',
    rollBack: { ttlSeconds: 86_400, until: '2026-12-07' },
    sources: [
      {
        id: 'service:mailchimp#own',
        class: 'own',
        ...{ messages: 5, dmarcAligned: 4, dkimAligned: 3, spfAligned: 2 },
        ...{ failed: 1, needsWork: true, everyDays: 7, firstDay: '2026-11-01', lastDay: null },
      },
    ],
  });
  const verdict = aVerdict('example.org', null, false);
  expect(Object.keys(verdictJson(verdict)).sort()).toEqual(Object.keys(verdict).sort());
});

test('the day and the wish to leave DNS out are handed on', async () => {
  const asked: VerdictOptions[] = [];
  const { ask } = await startApp({
    insight: {
      verdict: async (domain, options) => {
        asked.push(options);
        return aVerdict(domain, options.at, options.offline);
      },
    },
  });
  await ask('/api/domains/example.org/verdict');
  await ask('/api/domains/example.org/verdict?at=2026-11-02&offline=false');
  const answer = await ask('/api/domains/example.org/verdict?at=2026-11-02&offline=true');
  expect(asked).toEqual([
    { at: null, offline: false },
    { at: day('2026-11-02'), offline: false },
    { at: day('2026-11-02'), offline: true },
  ]);
  expect(answer.json<VerdictResponse>()).toMatchObject({ at: '2026-11-02' });
});

test('what is tried is handed on as asked, and nothing else', async () => {
  const asked: Partial<Candidate>[] = [];
  const { ask } = await startApp({
    insight: {
      whatIf: async (domain, candidate) => {
        asked.push(candidate);
        return whatIfOf(domain, candidate);
      },
    },
  });
  await ask('/api/domains/example.org/what-if');
  const answer = await ask(
    '/api/domains/example.org/what-if?p=reject&sp=quarantine&np=reject&adkim=strict&aspf=relaxed' +
      '&drop-include=spf.old-host.example&drop-selector=k1',
  );
  const tried = {
    ...{ p: 'reject', sp: 'quarantine', np: 'reject', adkim: 'strict', aspf: 'relaxed' },
    ...{ dropInclude: 'spf.old-host.example', dropSelector: 'k1' },
  };
  expect(asked).toEqual([{}, tried]);
  expect(answer.json<WhatIfResponse>()).toMatchObject({
    candidate: tried,
    inForce: { p: 'none', dropInclude: null },
    window: { from: '2026-10-24', to: '2026-11-22' },
    notRecomputable: 12,
    differences: [{ orgName: 'reporter.example', kind: 'override', messages: 3 }],
  });
  const { sources, weeks } = answer.json<WhatIfResponse>();
  expect(sources.find(({ id }) => id === 'service:mailchimp#own')).toMatchObject({
    failing: 412,
    quarantined: 0,
    rejected: 412,
  });
  expect(weeks[0]).toMatchObject({ monday: '2026-10-19', class: 'own' });
});

test.each(['/verdict', '/what-if'])(
  'a domain without a report is told as unknown: %s',
  async (rest) => {
    const { ask } = await startApp();
    const answer = await ask(`/api/domains/nowhere.example${rest}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'unknown-domain' });
  },
);

const bad: [query: string, words: string][] = [
  ['/verdict?at=2026-02-30', 'no day of the calendar'],
  ['/verdict?at=2026-11-24', 'has not been yet'],
  ['/verdict?at=yesterday', 'a day such as'],
  ['/verdict?offline=1', 'none of the words'],
  ['/verdict?day=2026-11-02', 'is not known here'],
  ['/what-if?p=destroy', 'none of the words'],
  ['/what-if?adkim=r', 'none of the words'],
  ['/what-if?drop-include=', 'should not be empty'],
  [`/what-if?drop-selector=${'s'.repeat(256)}`, '255 characters or fewer'],
];
test.each(bad)('%s is refused in words', async (query, words) => {
  const { ask } = await startApp();
  const answer = await ask(`/api/domains/example.org${query}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json<{ message: string }>().message).toContain(words);
});
