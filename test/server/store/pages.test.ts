import { describe, expect, onTestFinished, test } from 'vitest';
import { openReader } from '../../../server/store/open.ts';
import type { DayRange, ReportFilter, StoreReader } from '../../../server/store/store.ts';
import { aDocument, aReport, DAY, MARCH, type WantedReport } from './a-report.ts';
import { openTempStore, type TempStore } from './temp-store.ts';

const ever: DayRange = { from: null, to: null };
const on = (from: string, to = from): DayRange => ({ from, to });
const day = (number: number) => ({
  beginSeconds: MARCH + number * DAY,
  endSeconds: MARCH + (number + 1) * DAY - 1,
});

/** A store with mail of two domains over the first days of March 2026. */
async function aFilledStore(): Promise<TempStore> {
  const store = await openTempStore();
  const reports: WantedReport[] = [
    {
      ...{ orgName: 'Alpha', reportId: 'a1', ...day(0), p: 'none' },
      rows: [
        { count: 10 },
        { count: 4, sourceIp: '198.51.100.1', dkimAligned: false, spfAligned: false },
      ],
    },
    {
      ...{ orgName: 'Beta', reportId: 'b1', ...day(1), p: 'quarantine' },
      rows: [{ count: 5, spfAligned: false, disposition: 'quarantine' }],
    },
    { orgName: 'Beta', reportId: 'empty', ...day(3), p: 'quarantine', rows: [] },
    {
      ...{ orgName: 'Gamma', reportId: 'long', ...day(4), endSeconds: MARCH + 6 * DAY },
      rows: [{ count: 3 }],
    },
    {
      ...{ orgName: 'Alpha', reportId: 'u1', beginSeconds: null, endSeconds: null },
      rows: [{ count: 7, dkimAligned: null }],
    },
    { orgName: 'Alpha', reportId: 'n1', domain: 'example.net', ...day(0), rows: [] },
  ];
  await store.store(...reports.map((report) => aDocument(aReport(report))));
  return store;
}

describe('totals', () => {
  const cases: [why: string, domain: string | null, range: DayRange, expected: number[]][] = [
    ['of everything', null, ever, [6, 5, 29]],
    ['of one domain', 'example.org', ever, [5, 5, 29]],
    ['of a domain without mail', 'example.net', ever, [1, 0, 0]],
    ['of a domain that nobody reported', 'example.com', ever, [0, 0, 0]],
    ['of one day', null, on('2026-03-01'), [2, 2, 14]],
    ['from a day on, without the undated', null, { from: '2026-03-02', to: null }, [3, 2, 8]],
    ['up to a day', 'example.org', { from: null, to: '2026-03-02' }, [2, 3, 19]],
    ['of a day that a long report only touches', null, on('2026-03-06'), [1, 1, 1]],
    ['of a day without any report', null, on('2026-03-03'), [0, 0, 0]],
  ];
  for (const [why, domain, range, expected] of cases) {
    test(`${why} are ${expected.join(' reports, ')} messages`, async () => {
      const { reader } = await aFilledStore();
      const { reports, records, tally } = await reader.totals({ ...range, domain });
      expect([reports, records, tally.messages]).toEqual(expected);
    });
  }

  test('what has no day is told apart', async () => {
    const { reader } = await aFilledStore();
    expect(await reader.undated('example.org')).toMatchObject({ messages: 7, unstated: 7 });
    expect(await reader.undated('example.net')).toMatchObject({ messages: 0 });
  });
});

test('domains come with their newest policy, most messages first, also those without mail', async () => {
  const { reader } = await aFilledStore();
  expect(await reader.domains(on('2026-03-01', '2026-03-04'))).toMatchObject([
    {
      ...{ domain: 'example.org', reports: 3, reporters: 2 },
      policyPublished: { domain: 'example.org', p: 'none', pct: 100, testing: null },
      tally: { messages: 19, dmarcAligned: 15 },
      lastReportEndSeconds: MARCH + 6 * DAY,
    },
    {
      ...{ domain: 'example.net', reports: 1, reporters: 1 },
      tally: { messages: 0 },
    },
  ]);
  const [first] = await reader.domains(ever);
  expect(first).toMatchObject({ reports: 5, reporters: 3, tally: { messages: 29 } });
});

test('days of a domain are those that a report covers, also without mail', async () => {
  const { reader } = await aFilledStore();
  const days = await reader.days('example.org', null, ever);
  expect(days.map(({ day: at, tally }) => [at, tally.messages])).toEqual([
    ['2026-03-01', 14],
    ['2026-03-02', 5],
    ['2026-03-04', 0],
    ['2026-03-05', 2],
    ['2026-03-06', 1],
  ]);
  expect(await reader.days('example.org', null, on('2026-03-06', '2026-03-09'))).toHaveLength(1);
});

test('days of a source are those on which it sent', async () => {
  const { reader } = await aFilledStore();
  const days = await reader.days('example.org', 'net:198.51.100.0/24', ever);
  expect(days.map(({ day: at, tally }) => [at, tally.messages])).toEqual([['2026-03-01', 4]]);
});

test('trends hold every domain on every day that it was reported on', async () => {
  const { reader } = await aFilledStore();
  expect(await reader.domainTrends(on('2026-03-01', '2026-03-04'))).toEqual([
    { domain: 'example.net', day: '2026-03-01', messages: 0, dmarcAligned: 0 },
    { domain: 'example.org', day: '2026-03-01', messages: 14, dmarcAligned: 10 },
    { domain: 'example.org', day: '2026-03-02', messages: 5, dmarcAligned: 5 },
    { domain: 'example.org', day: '2026-03-04', messages: 0, dmarcAligned: 0 },
  ]);
});

test('receivers come with their reports of the range and the end of the last', async () => {
  const { reader } = await aFilledStore();
  const receivers = await reader.receivers('example.org', on('2026-03-01', '2026-03-04'));
  expect(receivers).toMatchObject([
    {
      orgName: 'Alpha',
      reports: 1,
      tally: { messages: 14 },
      lastReportEndSeconds: MARCH + DAY - 1,
    },
    {
      ...{ orgName: 'Beta', reports: 2, tally: { messages: 5 } },
      lastReportEndSeconds: MARCH + 4 * DAY - 1,
    },
  ]);
  expect(await reader.receivers('example.org', ever)).toMatchObject([
    { orgName: 'Alpha', reports: 2, tally: { messages: 21 } },
    { orgName: 'Beta' },
    { orgName: 'Gamma' },
  ]);
});

describe('sources', () => {
  test('come with their days, addresses and rates, most messages first', async () => {
    const { reader } = await aFilledStore();
    expect(await reader.sources('example.org', on('2026-03-01', '2026-03-02'))).toMatchObject([
      {
        ...{ id: 'net:192.0.2.0/24', addresses: 1, firstDay: '2026-03-01', lastDay: '2026-03-02' },
        tally: { messages: 15, bothAligned: 10, dkimOnly: 5 },
      },
      {
        ...{ id: 'net:198.51.100.0/24', addresses: 1, firstDay: '2026-03-01' },
        tally: { messages: 4, neither: 4 },
      },
    ]);
    expect(await reader.sources('example.org', on('2026-03-03'))).toEqual([]);
  });

  test('that only sent without a day have no first and last day', async () => {
    const { store, reader } = await openTempStore();
    await store(aDocument(aReport({ beginSeconds: null, rows: [{ count: 2 }] })));
    expect(await reader.sources('example.org', ever)).toMatchObject([
      { firstDay: null, lastDay: null, addresses: 1, tally: { messages: 2 } },
    ]);
  });

  test('tell what passed without being aligned, three at most, never what is aligned', async () => {
    const { store, reader } = await openTempStore();
    const unaligned = { dkimAligned: false, spfAligned: false };
    const rows = [
      { ...unaligned, count: 5, dkim: ['a.example', 'b.example', 'a.example'] },
      { ...unaligned, count: 7, dkim: ['b.example'], spf: ['c.example'] },
      { ...unaligned, count: 1, spf: ['d.example'] },
      {
        dkimAligned: true,
        spfAligned: false,
        count: 50,
        dkim: ['own.example'],
        spf: ['c.example'],
      },
    ];
    await store(aDocument(aReport({ rows })));
    const [source] = await reader.sources('example.org', ever);
    expect(source?.passedUnaligned).toEqual([
      { by: 'spf', domain: 'c.example', messages: 57 },
      { by: 'dkim', domain: 'b.example', messages: 12 },
      { by: 'dkim', domain: 'a.example', messages: 5 },
    ]);
  });

  test('show the evidence of the address with most messages', async () => {
    const { store, reader } = await openTempStore();
    const alpha = { spf: ['alpha.service.example'] };
    const rows = [
      { ...alpha, count: 9 },
      { ...alpha, count: 10, sourceIp: '203.0.113.1' },
    ];
    await store(aDocument(aReport({ rows })));
    expect(await reader.sources('example.org', ever)).toMatchObject([
      { id: 'service:alpha', addresses: 2, evidence: 'spf alpha 10' },
    ]);
  });

  test('have addresses, most messages first', async () => {
    const { store, reader } = await openTempStore();
    const rows = [{ count: 1 }, { count: 8, sourceIp: '192.0.2.7', spfAligned: false }];
    await store(aDocument(aReport({ rows })));
    expect(await reader.addresses('example.org', 'net:192.0.2.0/24', ever)).toMatchObject([
      { sourceIp: '192.0.2.7', tally: { messages: 8, dkimOnly: 8 } },
      { sourceIp: '192.0.2.1', tally: { messages: 1, bothAligned: 1 } },
    ]);
  });
});

describe('the list of reports', () => {
  const filter = (wanted: Partial<ReportFilter> = {}): ReportFilter => ({
    ...{ ...ever, domain: null, orgName: null, sourceId: null, sourceIp: null },
    ...wanted,
  });
  const idsOf = async (reader: StoreReader, wanted: ReportFilter, limit = 2): Promise<string[]> => {
    const ids: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 20; page += 1) {
      const { items, nextCursor } = await reader.reports(wanted, cursor, limit);
      ids.push(...items.map(({ reportId }) => reportId));
      cursor = nextCursor;
      if (cursor === null) return ids;
    }
    throw new Error('The pages of the list have no end.');
  };
  const cases: [why: string, wanted: Partial<ReportFilter>, ids: string[]][] = [
    ['everything, newest first, the undated last', {}, ['long', 'empty', 'b1', 'n1', 'a1', 'u1']],
    ['of a domain', { domain: 'example.net' }, ['n1']],
    ['of a domain that nobody reported', { domain: 'example.com' }, []],
    ['of a reporter', { orgName: 'Alpha' }, ['n1', 'a1', 'u1']],
    ['of a domain and a reporter', { domain: 'example.org', orgName: 'Beta' }, ['empty', 'b1']],
    ['of days', on('2026-03-02', '2026-03-05'), ['long', 'empty', 'b1']],
    ['of the last day of a long report', on('2026-03-06'), ['long']],
    ['with an address', { sourceIp: '198.51.100.1' }, ['a1']],
    ['with an address, undated too', { sourceIp: '192.0.2.1' }, ['long', 'b1', 'a1', 'u1']],
    ['with an address of another domain', { domain: 'example.net', sourceIp: '192.0.2.1' }, []],
    ['with a source', { sourceId: 'net:198.51.100.0/24', domain: 'example.org' }, ['a1']],
    ['with a source on a day', { sourceId: 'net:192.0.2.0/24', ...on('2026-03-01') }, ['a1']],
    ['with an unknown source', { sourceId: 'as:1' }, []],
  ];
  for (const [why, wanted, ids] of cases) {
    test(`${why}: ${ids.join(', ') || 'none'}`, async () => {
      const { reader } = await aFilledStore();
      expect(await idsOf(reader, filter(wanted))).toEqual(ids);
      expect(await idsOf(reader, filter(wanted), 100)).toEqual(ids);
    });
  }

  test('pages of reports that end in the same second have no gap and no repeat', async () => {
    const { store, reader } = await openTempStore();
    const wanted = Array.from({ length: 9 }, (_, index) => `same${index}`);
    await store(...wanted.map((reportId) => aDocument(aReport({ reportId }))));
    expect((await idsOf(reader, filter(), 4)).sort()).toEqual(wanted);
  });

  test('a cursor that is none of ours is the end', async () => {
    const { reader } = await aFilledStore();
    expect(await reader.reports(filter(), 'x', 5)).toEqual({ items: [], nextCursor: null });
  });
});

describe('one report', () => {
  test('comes with all that it said, and every place it arrived at', async () => {
    const { writer, store, reader, mailboxId } = await openTempStore();
    const refusedRows = [
      { position: 1, reason: 'count-invalid', detail: '1e3' },
    ] satisfies WantedReport['refusedRows'];
    const report = aReport({ refusedRows, warnings: ['rows-refused'], rows: [{ count: 2 }] });
    report.metadata.errors = ['DNS'];
    report.policyPublished.testing = true;
    const document = aDocument(report);
    const [decided] = await store(document, document);
    const { id: files } = await writer.ensureFiles();
    const file = { mailboxId: files, uidValidity: 'ab', uid: 0, name: 'a.zip' };
    await writer.commit(
      [{ key: file, sizeBytes: 1, headerBlock: null, documents: [document] }],
      1_773_000_000,
    );
    const mailbox = 'me@example.org@imap.example.org:993/INBOX';
    expect(await reader.report(decided?.reportId ?? 0)).toEqual({
      ...{ id: decided?.reportId, orgName: 'Receiver', reportId: 'r1', domain: 'example.org' },
      ...{ beginSeconds: MARCH, endSeconds: MARCH + DAY - 1, receivedSeconds: 1_773_000_000 },
      ...{ records: 2, refusedRows: 1, messages: 2, dmarcAligned: 2, counted: true },
      ...{ warnings: ['rows-refused'], email: 'dmarc@receiver.example', extraContactInfo: null },
      ...{ generator: null, errors: ['DNS'], dialect: 'rfc7489', version: '1.0' },
      policyPublished: report.policyPublished,
      contentSha256: document.contentSha256,
      refusedRowDetails: refusedRows,
      forgottenSeconds: null,
      versions: [],
      arrivals: [
        { mailboxId, mailbox, uid: 1, name: 'report.xml.gz', part: '2' },
        { mailboxId, mailbox, uid: 2, name: 'report.xml.gz', part: '2' },
        { mailboxId: files, mailbox: 'files', uid: 0, name: 'a.zip', part: '2' },
      ],
    });
  });

  test('that is not there is null', async () => {
    const { reader } = await openTempStore();
    expect(await reader.report(1)).toBeNull();
    expect(await reader.rows(1, 0, 10)).toEqual([]);
    expect(await reader.keptBytes('00'.repeat(32))).toBeNull();
  });

  test('has its rows as sent, in pages', async () => {
    const { store, reader } = await openTempStore();
    const rows = [
      { count: 1, sourceIp: '2001:db8::1' },
      { count: 2, dkim: ['x.example'] },
      { count: 3, headerFrom: 'mail.example.org' },
    ];
    const report = aReport({ rows });
    const [decided] = await store(aDocument(report));
    const all = await reader.rows(decided?.reportId ?? 0, 0, 10);
    expect(all).toEqual(
      report.rows.map(({ position, sourceIp, count, profile }) => ({
        ...{ position, sourceIp, count, profile: report.profiles[profile] },
        sourceId: expect.stringMatching(/^net:/) as string,
        sourceName: expect.any(String) as string,
      })),
    );
    expect(await reader.rows(decided?.reportId ?? 0, 1, 1)).toEqual([all[1]]);
  });
});

test('a reader sees what was committed after it was opened', async () => {
  const { dataDir, store } = await openTempStore();
  const reader = openReader({ dataDir });
  onTestFinished(() => reader.close());
  expect((await reader.totals({ ...ever, domain: null })).reports).toBe(0);
  await store(aDocument(aReport()));
  expect((await reader.totals({ ...ever, domain: null })).reports).toBe(1);
});
