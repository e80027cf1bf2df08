import { expect, test } from 'vitest';
import type {
  ReportResponse,
  ReportsResponse,
  RowsResponse,
} from '../../../server/api/contract-reports.ts';
import { aReport } from './a-report.ts';
import { startApp } from './start-app.ts';

const MARKUP = '<img src=x onerror=alert(1)>"\u2028';

test('reports come a page at a time, each once, to the end', async () => {
  const { ask, receive } = await startApp();
  for (let day = 10; day < 15; day += 1) await receive(aReport({ day: `2026-11-${day}` }));
  const seen = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null && page < 10; page += 1) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const body: ReportsResponse = (await ask(`/api/reports?limit=2${query}`)).json();
    seen.push(body.reports.map(({ reportId }) => reportId));
    cursor = body.nextCursor;
  }
  expect(seen.map((page) => page.length)).toEqual([2, 2, 1]);
  expect(new Set(seen.flat()).size).toBe(5);
});

const filters: [query: string, reportIds: string[]][] = [
  ['domain=example.net', ['net']],
  ['domain=EXAMPLE.net', ['net']],
  ['org=other.example', ['other']],
  ['from=2026-11-11&to=2026-11-11', ['net']],
  ['from=2026-11-12', ['other']],
  ['address=198.51.100.9', ['net']],
  ['address=203.0.113.1', []],
  ['domain=nowhere.example', []],
  ["org=%25' OR 1=1 --", []],
  ['org=%25', []],
  ['source=net:%25', []],
];
test.each(filters)('the list filtered by %s has exactly %j', async (query, reportIds) => {
  const { ask, receive } = await startApp();
  await receive(aReport({ reportId: 'first', day: '2026-11-10' }));
  await receive(
    aReport({
      reportId: 'net',
      domain: 'example.net',
      day: '2026-11-11',
      rows: [{ sourceIp: '198.51.100.9', count: 1 }],
    }),
  );
  await receive(aReport({ reportId: 'other', orgName: 'other.example', day: '2026-11-12' }));
  const { reports } = (await ask(`/api/reports?${encodeURI(query)}`)).json<ReportsResponse>();
  expect(reports.map(({ reportId }) => reportId)).toEqual(reportIds);
});

test('one report says what its sender said, as data, and where it came from', async () => {
  const { ask, receive } = await startApp();
  const [decided] = await receive(aReport({ orgName: MARKUP, reportId: 'r-1' }));
  const answer = await ask(`/api/reports/${decided?.reportId ?? 0}`);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.json<ReportResponse>()).toMatchObject({
    orgName: MARKUP,
    reportId: 'r-1',
    domain: 'example.org',
    counted: true,
    messages: 10,
    dmarcAligned: 10,
    generator: null,
    policyPublished: { p: 'none', pct: 100, testing: null },
    versions: [],
    arrivals: [
      { mailbox: expect.stringContaining('imap.example.org') as string, uid: 1, part: '2' },
    ],
  });
});

test('two versions of one report know of each other, and one is counted', async () => {
  const { ask, receive } = await startApp();
  await receive(aReport({ xml: '<feedback>one</feedback>' }));
  const [second] = await receive(aReport({ xml: '<feedback>two</feedback>' }));
  expect(second?.outcome).toBe('conflict');
  const report = (await ask(`/api/reports/${second?.reportId ?? 0}`)).json<ReportResponse>();
  expect(report.versions).toHaveLength(1);
  expect([report.counted, report.versions[0]?.counted].sort()).toEqual([false, true]);
});

test('rows come in the order of the report, with what SPF and DKIM said', async () => {
  const { ask, receive } = await startApp();
  const [decided] = await receive(
    aReport({
      rows: [
        { sourceIp: '192.0.2.7', count: 10 },
        { sourceIp: '2001:db8::7', count: 4, dkimAligned: null, spfAligned: null },
        { sourceIp: '198.51.100.9', count: 1, dkimAligned: false, spfPassFor: 'a.example' },
      ],
    }),
  );
  const url = `/api/reports/${decided?.reportId ?? 0}/rows`;
  const { rows } = (await ask(url)).json<RowsResponse>();
  expect(rows.map(({ position, sourceIp, count }) => [position, sourceIp, count])).toEqual([
    [0, '192.0.2.7', 10],
    [1, '2001:db8::7', 4],
    [2, '198.51.100.9', 1],
  ]);
  expect(rows[1]?.profile.policyEvaluated).toMatchObject({ dkimAligned: null, spfAligned: null });
  expect(rows[2]?.profile.spf).toEqual([
    { domain: 'a.example', scope: 'mfrom', result: 'pass', humanResult: null },
  ]);
  const second = (await ask(`${url}?offset=1&limit=1`)).json<RowsResponse>();
  expect(second.rows).toEqual(rows.slice(1, 2));
  expect((await ask(`${url}?offset=1000000`)).json<RowsResponse>().rows).toEqual([]);
});

test.each(['/api/reports/9', '/api/reports/9/rows', '/api/reports/9/xml'])(
  '%s of a report that is not there is told as unknown',
  async (url) => {
    const { ask } = await startApp();
    const answer = await ask(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'unknown-report' });
  },
);
