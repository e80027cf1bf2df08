import { expect, test } from 'vitest';
import type {
  DaysResponse,
  SourceDetailResponse,
  SourcesResponse,
} from '../../../server/api/contract-sources.ts';
import { aReport } from './a-report.ts';
import { startApp } from './start-app.ts';

const started = async () => {
  const test = await startApp();
  await test.receive(aReport());
  return test;
};

const path = (id: string) => `/api/domains/example.org/sources/${encodeURIComponent(id)}`;

test('sources tell their class, why they have it, and what to do', async () => {
  const { ask } = await started();
  const answer = await ask('/api/domains/example.org/sources');
  const { sources, range } = answer.json<SourcesResponse>();
  expect(range).toEqual({ from: '2026-10-24', to: '2026-11-22' });
  expect(sources.map(({ name, classShown }) => [name, classShown])).toContainEqual([
    'Mailchimp, as you',
    'own-needs-work',
  ]);
  expect(sources.find(({ id }) => id === 'service:mailchimp#own')).toMatchObject({
    class: 'own',
    split: { kind: 'own', domain: null },
    network: { id: 'service:mailchimp', kind: 'service' },
    evidence: [{ text: 'You said on 3 Nov that it sends for you.', messages: 412 }],
    word: { by: 'Ada', day: '2026-11-03' },
    firstDay: '2026-09-01',
    lastDay: '2026-11-17',
    advice: expect.stringContaining('two CNAME records') as string,
  });
});

test('another’s mail names whom it speaks for, and unknown mail is put as a question', async () => {
  const { ask } = await started();
  const { sources, questions } = (
    await ask('/api/domains/example.org/sources')
  ).json<SourcesResponse>();
  const stranger = sources.find(({ class: said }) => said === 'unknown');
  expect(stranger?.split).toEqual({ kind: 'as', domain: 'sister.example' });
  expect(questions).toEqual([
    { source: stranger?.id, text: expect.stringContaining('Is it yours?') as string, messages: 70 },
  ]);
});

test('names in From are listed with what of them is own mail', async () => {
  const { ask } = await started();
  const answer = await ask('/api/domains/example.org/sources');
  expect(answer.json<SourcesResponse>().headerFroms.map(({ domain }) => domain)).toEqual([
    'example.org',
    'news.example.org',
  ]);
});

test('one source lists all that it rests on; an id with a slash is one part of the path', async () => {
  const { ask } = await started();
  const answer = await ask(path('net:203.0.113.0/24#own'));
  expect(answer.json<SourceDetailResponse>()).toMatchObject({
    source: { id: 'net:203.0.113.0/24#own' },
    everyDays: 1,
    addresses: [{ sourceIp: '203.0.113.7', pointer: 'www.example.org', pointerConfirmed: true }],
    signatures: [{ domain: 'mcsv.net', selector: 'k1', result: 'pass' }, { domain: null }],
    returnPaths: [{ result: 'pass' }],
    receivers: [{ orgName: 'google.com' }],
    reasons: [{ type: 'mailing_list', messages: 3 }],
  });
});

test('a day without a report is null for a source, too', async () => {
  const { ask } = await started();
  const answer = await ask(`${path('service:mailchimp#own')}/days`);
  const { days } = answer.json<DaysResponse>();
  expect(days).toHaveLength(30);
  expect(days.filter(({ tally }) => tally === null).map(({ day }) => day)).toEqual(['2026-11-03']);
});

test.each(['', '/days'])('a source that never sent is told as unknown: %s', async (rest) => {
  const { ask } = await started();
  const answer = await ask(`${path('service:nobody')}${rest}`);
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ code: 'unknown-source' });
});
