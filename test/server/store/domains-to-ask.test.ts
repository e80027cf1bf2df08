import { expect, onTestFinished, test } from 'vitest';
import { openSettings } from '../../../server/store/open.ts';
import { aDocument, aReport, DAY, MARCH } from './a-report.ts';
import { aSnapshot } from './a-snapshot.ts';
import { openTempStore } from './temp-store.ts';

const TODAY = MARCH / DAY + 90;
const FROM = TODAY - 90;

/** One report a day, `days` of them up to yesterday. */
const daily = (domain: string, days: number, count: number) =>
  Array.from({ length: days }, (_, at) => {
    const beginSeconds = (TODAY - 1 - at) * DAY;
    const dates = { beginSeconds, endSeconds: beginSeconds + DAY - 1 };
    return aDocument(aReport({ domain, reportId: `${domain} ${at}`, ...dates, rows: [{ count }] }));
  });

async function openTurns() {
  const opened = await openTempStore();
  const settings = openSettings({ dataDir: opened.dataDir });
  onTestFinished(() => settings.close());
  const order = async () =>
    (await opened.reader.domainsToAsk(FROM, TODAY, TODAY * DAY)).map(({ domain }) => domain);
  return { ...opened, settings, order };
}

test('days with reports come before messages, and messages before names', async () => {
  const { store, order } = await openTurns();
  await store(
    ...daily('invented.example', 2, 1_000_000_000),
    ...daily('own.example', 40, 1),
    ...daily('b.example', 3, 1),
    ...daily('a.example', 3, 1),
    ...daily('c.example', 3, 2),
  );
  const wanted = ['own.example', 'c.example', 'a.example', 'b.example', 'invented.example'];
  expect(await order()).toEqual(wanted);
});

test('one report over a month is one day, as are many of one day', async () => {
  const { store, reader } = await openTurns();
  const month = { beginSeconds: (TODAY - 32) * DAY, endSeconds: (TODAY - 2) * DAY };
  const same = ['1', '2', '3'].map((reportId) => ({ domain: 'same.example', reportId }));
  const dates = { beginSeconds: (TODAY - 1) * DAY, endSeconds: TODAY * DAY - 1 };
  await store(
    aDocument(aReport({ domain: 'month.example', ...month })),
    ...same.map((report) => aDocument(aReport({ ...report, ...dates }))),
  );
  const domains = await reader.domainsToAsk(FROM, TODAY, TODAY * DAY);
  expect(domains).toMatchObject([
    { domain: 'same.example', reportDays: 1, messages: 3 },
    { domain: 'month.example', reportDays: 1, messages: 1 },
  ]);
});

test('reports before the days asked for and of days to come count for nothing', async () => {
  const { store, reader } = await openTurns();
  const old = { beginSeconds: (FROM - 1) * DAY, endSeconds: FROM * DAY - 1 };
  const future = { beginSeconds: (TODAY + 1) * DAY, endSeconds: (TODAY + 2) * DAY - 1 };
  await store(
    aDocument(aReport({ reportId: 'old', ...old })),
    aDocument(aReport({ reportId: 'future', ...future })),
  );
  expect(await reader.domainsToAsk(FROM, TODAY, TODAY * DAY)).toEqual([
    {
      ...{ domain: 'example.org', hasUserWord: false, reportDays: 0, messages: 0 },
      askedSeconds: null,
    },
  ]);
});

test('a domain that the user speaks of comes first', async () => {
  const { store, settings, order } = await openTurns();
  await store(...daily('often.example', 40, 9), ...daily('quiet.example', 1, 1));
  await settings.saySendsNothing('quiet.example', TODAY, 'me');
  expect(await order()).toEqual(['quiet.example', 'often.example']);
});

test('the last moment of asking is told, none after now', async () => {
  const { store, settings, reader } = await openTurns();
  await store(aDocument(aReport()));
  for (const askedSeconds of [1_000, 3_000, 2_000])
    await settings.saveDnsSnapshot(aSnapshot({ askedSeconds }));
  const askedAt = async (nowSeconds: number) =>
    (await reader.domainsToAsk(FROM, TODAY, nowSeconds))[0]?.askedSeconds;
  expect(await askedAt(9_000)).toBe(3_000);
  expect(await askedAt(2_500)).toBe(2_000);
  expect(await askedAt(999)).toBeNull();
});
