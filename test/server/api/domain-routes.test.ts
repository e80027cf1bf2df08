import { expect, test } from 'vitest';
import { emptyTally } from '../../../ingest/outcome.ts';
import type {
  DomainResponse,
  DomainsResponse,
  ReceiversResponse,
} from '../../../server/api/contract-domains.ts';
import type { DaysResponse } from '../../../server/api/contract-sources.ts';
import type { ClassDay } from '../../../server/insight/insight.ts';
import { aReport } from './a-report.ts';
import { day, tallyOf } from './insight/tally-of.ts';
import { startApp, type TestApp } from './start-app.ts';

const REPORTED: ClassDay = {
  day: day('2026-11-20'),
  reported: true,
  tally: tallyOf(14, { dkimOnly: 10 }),
  ...{ forwarded: 5, forwardedFailing: 2, ownFailing: 1, unauthorised: 1, unknown: 0 },
};

const withOneReport = async (test: TestApp) => {
  await test.receive(aReport());
  return test;
};

const twoDomains = async () => {
  const test = await startApp();
  await test.receive(
    aReport({
      day: '2026-11-20',
      rows: [
        { sourceIp: '192.0.2.7', count: 10 },
        { sourceIp: '198.51.100.9', count: 4, dkimAligned: false, spfAligned: false },
      ],
    }),
  );
  await test.receive(
    aReport({
      day: '2026-11-22',
      orgName: 'other.example',
      rows: [{ sourceIp: '192.0.2.7', count: 3 }],
    }),
  );
  await test.receive(aReport({ domain: 'example.net', day: '2026-09-01' }));
  return test;
};

test('domains carry sums of the range, and a trend in which a day without a report is null', async () => {
  const { ask } = await twoDomains();
  const answer = await ask('/api/domains');
  expect(answer.statusCode).toBe(200);
  const { range, domains } = answer.json<DomainsResponse>();
  expect(range).toEqual({ from: '2026-10-24', to: '2026-11-22' });

  const org = domains.find(({ domain }) => domain === 'example.org');
  expect(org).toMatchObject({
    reports: 2,
    reporters: 2,
    policyPublished: { p: 'none', adkim: 'relaxed', sp: null },
    tally: { messages: 17, dmarcAligned: 13, dkimOnly: 13, neither: 4 },
    lastReportEndSeconds: Date.UTC(2026, 10, 22, 23, 59, 59) / 1000,
  });
  expect(org?.trend).toHaveLength(90);
  expect(org?.trend[0]?.day).toBe('2026-08-25');
  expect(org?.trend.at(-1)).toEqual({ day: '2026-11-22', messages: 3, dmarcAligned: 3 });
  expect(org?.trend.at(-2)).toEqual({ day: '2026-11-21', messages: null, dmarcAligned: null });
  expect(org?.trend.at(-3)).toEqual({ day: '2026-11-20', messages: 14, dmarcAligned: 10 });
});

test('one domain tells its policy, its sums, and what has no date', async () => {
  const { ask, receive } = await twoDomains();
  await receive(aReport({ day: null, rows: [{ sourceIp: '192.0.2.7', count: 5 }] }));
  const answer = await ask('/api/domains/example.org?from=2026-11-21&to=2026-11-22');
  expect(answer.json<DomainResponse>()).toMatchObject({
    range: { from: '2026-11-21', to: '2026-11-22' },
    domain: 'example.org',
    policyPublished: { domain: 'example.org', p: 'none' },
    reports: 1,
    tally: { messages: 3 },
    undated: { messages: 5, dmarcAligned: 5 },
  });
});

test('a domain is found whatever the case of its name', async () => {
  const { ask } = await twoDomains();
  const answer = await ask('/api/domains/Example.ORG');
  expect(answer.json<DomainResponse>()).toMatchObject({ domain: 'example.org', reports: 2 });
});

test('a domain without a report in the range still tells its policy and its last report', async () => {
  const { ask } = await twoDomains();
  const answer = await ask('/api/domains/example.net');
  expect(answer.json<DomainResponse>()).toMatchObject({
    policyPublished: { p: 'none' },
    reports: 0,
    tally: emptyTally(),
    lastReportEndSeconds: Date.UTC(2026, 8, 1, 23, 59, 59) / 1000,
  });
});

test('every day of the range is listed with its classes; a day without a report is null, never zero', async () => {
  const { ask } = await startApp({
    insight: {
      days: async (domain) =>
        domain === 'example.org'
          ? [REPORTED, { ...REPORTED, day: day('2026-11-21'), reported: false }]
          : null,
    },
  }).then(withOneReport);
  const answer = await ask('/api/domains/example.org/days?from=2026-11-19&to=2026-11-21');
  const { days } = answer.json<DaysResponse>();
  expect(days.map(({ day, tally }) => [day, tally?.messages ?? null])).toEqual([
    ['2026-11-19', null],
    ['2026-11-20', 14],
    ['2026-11-21', null],
  ]);
  expect(days[1]).toMatchObject({
    forwarded: 5,
    forwardedFailing: 2,
    ownFailing: 1,
    unauthorised: 1,
    unknown: 0,
  });
});

test('receivers are those who reported, with what each counted', async () => {
  const { ask } = await twoDomains();
  const { receivers } = (await ask('/api/domains/example.org/receivers')).json<ReceiversResponse>();
  expect(
    receivers.map(({ orgName, reports, tally }) => [orgName, reports, tally.messages]),
  ).toEqual(
    expect.arrayContaining([
      ['reporter.example', 1, 14],
      ['other.example', 1, 3],
    ]),
  );
  expect(receivers).toHaveLength(2);
});

test('the sum over receivers is the sum of the domain', async () => {
  const { ask } = await twoDomains();
  const sum = (tallies: ({ messages: number } | null)[]) =>
    tallies.reduce((total, tally) => total + (tally?.messages ?? 0), 0);
  const receivers = (await ask('/api/domains/example.org/receivers')).json<ReceiversResponse>();
  const domain = (await ask('/api/domains/example.org')).json<DomainResponse>();
  expect(sum(receivers.receivers.map(({ tally }) => tally))).toBe(domain.tally.messages);
});

test.each(['', '/days', '/receivers', '/sources', '/sources/as:1', '/sources/as:1/days'])(
  'a domain without any report is told as unknown: %s',
  async (rest) => {
    const { ask } = await startApp();
    const answer = await ask(`/api/domains/unknown.example${rest}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'unknown-domain' });
  },
);
