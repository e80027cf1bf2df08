import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DomainMail } from '../../../server/store/domain-mail.ts';
import type { StoreReader } from '../../../server/store/store.ts';
import { aDocument, aReport, DAY, MARCH, type WantedReport } from './a-report.ts';
import { anyReport } from './any-reports.ts';
import { recountMail, sourceIps, streamLines, streamOf } from './mail-recount.ts';
import { openTempStore } from './temp-store.ts';

const MARCH_DAY = MARCH / DAY;
const day = (number: number, seconds = DAY - 1) => ({
  reportId: `day ${number}`,
  beginSeconds: MARCH + number * DAY,
  endSeconds: MARCH + number * DAY + seconds,
});

async function mailOf(
  reports: readonly WantedReport[],
  { from, at }: { from: number; at: number },
): Promise<DomainMail> {
  const { store, reader } = await openTempStore();
  await store(...reports.map((report) => aDocument(aReport(report))));
  const mail = await reader.domainMail('example.org', MARCH_DAY + from, MARCH_DAY + at);
  if (mail === null) throw new Error('There is no mail.');
  return mail;
}

async function detailsOf(reader: StoreReader, mail: DomainMail, dataDir: string) {
  const nameOf = new Map(mail.streams.map((stream) => [stream.id, streamOf(stream)]));
  const bounds = [[...nameOf.keys()], mail.from, mail.at] as const;
  const [told, addresses, active] = await Promise.all([
    reader.streamReporterDays(...bounds),
    reader.streamAddresses(...bounds),
    Promise.all(
      mail.streams.map(async ({ id }) => ({
        id,
        addresses: await reader.activeAddresses([id], mail.from, mail.at),
      })),
    ),
  ]);
  const ipOf = sourceIps(dataDir);
  return {
    streamReporterDays: told
      .map((one) => `${nameOf.get(one.streamId) ?? ''} ${one.orgName} ${one.day} ${one.messages}`)
      .sort(),
    streamAddresses: addresses
      .flatMap(({ streamId, addressIds, messages, activeDays }) =>
        addressIds.map(
          (id, place) =>
            `${nameOf.get(streamId) ?? ''} ${ipOf.get(id) ?? ''} ${messages[place] ?? ''} ${activeDays[place] ?? ''}`,
        ),
      )
      .sort(),
    activeAddresses: active
      .flatMap(({ id, addresses: ids }) =>
        ids.map((addressId) => `${nameOf.get(id) ?? ''} ${ipOf.get(addressId) ?? ''}`),
      )
      .sort(),
  };
}

test('every sum of any reports, looked at on any day, is that of the records known by then', async () => {
  const cases = fc.tuple(
    fc.array(anyReport, { minLength: 1, maxLength: 10 }),
    fc.integer({ min: -2, max: 20 }),
    fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(null)),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([reports, atDay, length]) => {
      const { store, reader, dataDir } = await openTempStore();
      await store(...reports.map((report) => aDocument(aReport(report))));
      const at = MARCH_DAY + atDay;
      // From -1 on, what has no day is taken in.
      const from = length === null ? -1 : at - length;
      const mail = await reader.domainMail('example.org', from, at);
      const expected = recountMail(dataDir, 'example.org', from, at);
      expect(mail === null ? [] : streamLines(mail)).toEqual(expected.streams);
      if (mail === null) return;
      const lines = mail.reporterDays.map(
        (one) => `${one.orgName} ${one.day} ${one.messages} ${one.dmarcAligned}`,
      );
      expect(lines.sort()).toEqual(expected.reporterDays);
      expect(await detailsOf(reader, mail, dataDir)).toEqual({
        streamReporterDays: expected.streamReporterDays,
        streamAddresses: expected.streamAddresses,
        activeAddresses: expected.activeAddresses,
      });
    }),
    { numRuns: 150 },
  );
}, 120_000);

describe('a report counts on a day looked at', () => {
  const cases: [why: string, report: WantedReport, at: number, messages: number[]][] = [
    ['from its end on', { ...day(0), rows: [{ count: 4 }] }, 0, [4]],
    ['where it ends on the next midnight', { ...day(0, DAY), rows: [{ count: 4 }] }, 0, [4]],
    ['not where it ends a second later', { ...day(0, DAY + 1), rows: [{ count: 4 }] }, 0, []],
    ['once that second is over', { ...day(0, DAY + 1), rows: [{ count: 4 }] }, 1, [4]],
    ['with no share before all of it is told', { ...day(0, 3 * DAY), rows: [{ count: 3 }] }, 1, []],
    ['with each of its shares then', { ...day(0, 3 * DAY), rows: [{ count: 3 }] }, 2, [1, 1, 1]],
  ];
  for (const [why, report, at, messages] of cases) {
    test(why, async () => {
      const known = { ...day(-20), rows: [{ count: 1, sourceIp: '203.0.113.1' }] };
      const mail = await mailOf([report, known], { from: 0, at });
      const found = mail.streams.filter(({ network }) => network.id === 'net:192.0.2.0/24');
      expect(found.flatMap((stream) => stream.messages)).toEqual(messages);
      expect(found).toHaveLength(messages.length === 0 ? 0 : 1);
      expect(mail.reports).toHaveLength(messages.length === 0 ? 0 : 1);
    });
  }
});

test('streams are told apart by network, shape and whether they tell a time', async () => {
  const mail = await mailOf(
    [
      { ...day(0), rows: [{}, { sourceIp: '192.0.2.9' }, { sourceIp: '198.51.100.1' }] },
      { ...day(1), rows: [{ dkim: ['example.org'] }] },
      { ...day(2, 3 * DAY), rows: [{}] },
      { ...day(5, 0), rows: [{}] },
    ],
    { from: 0, at: 9 },
  );
  const lines = mail.streams.map(
    ({ network, shape, timed, messages }) =>
      `${network.id} ${shape.dkim.length} ${timed ? 'timed' : 'untimed'} ${messages.join('+')}`,
  );
  expect(lines.sort()).toEqual([
    'net:192.0.2.0/24 0 timed 2',
    'net:192.0.2.0/24 0 untimed 1+1',
    'net:192.0.2.0/24 1 timed 1',
    'net:198.51.100.0/24 0 timed 1',
  ]);
});

test('older days are told of streams that are seldom seen, and only of those', async () => {
  const old = Array.from({ length: 10 }, (_, index) => ({ ...day(7 * index), rows: [{}] }));
  const steady = Array.from({ length: 5 }, (_, index) => ({
    ...day(95 + index),
    rows: [{ sourceIp: '198.51.100.1' }],
  }));
  const before = { ...day(3), orgName: 'B', rows: [{ sourceIp: '198.51.100.1' }] };
  const mail = await mailOf([...old, ...steady, before], { from: 70, at: 99 });
  const [seldom, often] = ['net:192.0.2.0/24', 'net:198.51.100.0/24'].map((id) =>
    mail.streams.find(({ network }) => network.id === id),
  );
  expect(seldom).toMatchObject({
    ...{ firstDay: MARCH_DAY, lastDay: MARCH_DAY + 63, days: [] },
    olderDays: old.map((_, index) => MARCH_DAY + 7 * index),
  });
  expect(often).toMatchObject({ firstDay: MARCH_DAY + 3, lastDay: MARCH_DAY + 99, olderDays: [] });
  expect(often?.days).toHaveLength(5);
});

test('what has no day is a stream without days, unless days from -1 on are asked for', async () => {
  const { store, reader } = await openTempStore();
  await store(aDocument(aReport({ beginSeconds: null, rows: [{ count: 3 }] })));
  const mail = await reader.domainMail('example.org', MARCH_DAY, MARCH_DAY + 9);
  const undated = { timed: false, firstDay: null, lastDay: null };
  expect(mail?.streams).toMatchObject([{ ...undated, days: [], messages: [] }]);
  expect(mail?.reports).toMatchObject([{ firstDay: null, messages: 3 }]);
  const whole = await reader.domainMail('example.org', -1, MARCH_DAY + 9);
  expect(whole?.streams).toMatchObject([{ ...undated, days: [-1], messages: [3] }]);
});

test('a domain that nobody reported by that day has no mail', async () => {
  const { store, reader } = await openTempStore();
  await store(aDocument(aReport(day(5))));
  expect(await reader.domainMail('example.org', MARCH_DAY, MARCH_DAY + 4)).toBeNull();
  expect(await reader.domainMail('example.net', MARCH_DAY, MARCH_DAY + 9)).toBeNull();
  expect(await reader.domainMail('example.org', MARCH_DAY, MARCH_DAY + 5)).not.toBeNull();
});

test('reports come with what they said, and reporters with their newest address', async () => {
  const mail = await mailOf(
    [
      { ...day(0), email: 'old@a.example', p: 'none', rows: [{ count: 2 }] },
      { ...day(1), email: 'new@a.example', p: 'reject', rows: [{ count: 3, dkimAligned: false }] },
      { ...day(-3), rows: [] },
    ],
    { from: 0, at: 5 },
  );
  expect(mail.reports.map(({ email, policyPublished }) => [email, policyPublished.p])).toEqual([
    ['old@a.example', 'none'],
    ['new@a.example', 'reject'],
  ]);
  expect(mail.reporterDays).toEqual(
    [2, 3].map((messages, index) => ({
      ...{ orgName: 'Receiver', email: 'new@a.example', day: MARCH_DAY + index },
      ...{ messages, dmarcAligned: messages },
    })),
  );
});

test('names below the domain that have reports are policy domains of their own', async () => {
  const domains = ['example.org', 'mail.example.org', 'a.b.example.org', 'notexample.org'];
  const mail = await mailOf(
    domains.map((domain) => ({ ...day(0), domain })),
    { from: 0, at: 5 },
  );
  expect(mail.otherPolicyDomains).toEqual(['a.b.example.org', 'mail.example.org']);
});

test('addresses of a source come with their outcomes, most messages first', async () => {
  const { store, reader } = await openTempStore();
  const rows = [
    { count: 1 },
    { count: 8, sourceIp: '192.0.2.7', dkimAligned: false },
    { count: 5, sourceIp: '192.0.2.7' },
  ];
  await store(
    aDocument(aReport({ ...day(0), rows })),
    aDocument(aReport({ ...day(1), rows: [{ count: 2 }] })),
    aDocument(aReport({ beginSeconds: null, rows: [{ count: 4 }] })),
  );
  const mail = await reader.domainMail('example.org', MARCH_DAY, MARCH_DAY + 9);
  const ids = mail?.streams.map(({ id }) => id) ?? [];
  expect(await reader.sourceAddresses(ids, MARCH_DAY, MARCH_DAY)).toMatchObject([
    { sourceIp: '192.0.2.7', tally: { messages: 13, bothAligned: 5, spfOnly: 8 } },
    { sourceIp: '192.0.2.1', tally: { messages: 1 } },
  ]);
  const ever = await reader.sourceAddresses(ids, null, null);
  expect(ever.map(({ tally }) => tally.messages)).toEqual([13, 7]);
  const [first] = mail?.streams.filter(({ timed }) => !timed) ?? [];
  expect(await reader.sourceAddresses([first?.id ?? 0], null, null)).toMatchObject([
    { sourceIp: '192.0.2.1', tally: { messages: 4 } },
  ]);
  expect(await reader.sourceAddresses([99_999], null, null)).toEqual([]);
});

test('the version of a domain changes with its mail, its words and domains below it', async () => {
  const { store, reader } = await openTempStore();
  const versions: string[] = [];
  const look = async () => versions.push(await reader.domainVersion('example.org'));
  await look();
  await store(aDocument(aReport(day(0))));
  await look();
  await store(aDocument(aReport({ ...day(1), rows: [] })));
  await look();
  await store(aDocument(aReport({ domain: 'mail.example.org' })));
  await look();
  expect(new Set(versions).size).toBe(4);
  await store(aDocument(aReport(day(0))));
  await look();
  expect(versions.at(-1)).toBe(versions.at(-2));
});
