import { expect, onTestFinished, test } from 'vitest';
import { keepDns } from '../../server/dns-keeper.ts';
import { openSettings } from '../../server/store/open.ts';
import { startNameServer } from '../dns/name-server.ts';
import { readZone } from '../dns/zone.ts';
import { aDocument, aReport, DAY, MARCH } from './store/a-report.ts';
import { openTempStore } from './store/temp-store.ts';

const TODAY = MARCH / DAY + 90;

const aDay = (day: number) => ({ beginSeconds: day * DAY, endSeconds: (day + 1) * DAY - 1 });
const invented = Array.from({ length: 5 }, (_, at) => `d${at}.dead.example`);
const silent = invented.flatMap((name) => [`${name} FAULT silent`, `*.${name} FAULT silent`]);

/** A keeper over a store with invented domains of many messages, whose name servers are silent. */
async function keep(ownDays: number) {
  const { dataDir, reader, store } = await openTempStore();
  const settings = openSettings({ dataDir });
  const server = await startNameServer(readZone(['own.example A 192.0.2.1', ...silent].join('\n')));
  const own = Array.from({ length: ownDays }, (_, at) =>
    aDocument(aReport({ domain: 'own.example', reportId: `${at}`, ...aDay(TODAY - 1 - at) })),
  );
  const rows = [{ sourceIp: '198.51.100.7', count: 1_000_000_000 }];
  const others = invented.map((domain) =>
    aDocument(aReport({ domain, reportId: domain, ...aDay(TODAY - 1), rows })),
  );
  await store(...own, ...others);
  const failures: unknown[] = [];
  const keeper = keepDns({
    ...{ reader, settings, resolver: server.at, nowSeconds: () => TODAY * DAY },
    onLearnt: () => undefined,
    onFailed: (error) => failures.push(error),
  });
  onTestFinished(async () => {
    await keeper.stop();
    await server.stop();
    await settings.close();
    expect(failures).toEqual([]);
  });
  return { asked: server.asked, reader };
}

test('invented domains with any number of messages do not come before one with reports of many days', async () => {
  const { asked, reader } = await keep(9);
  await expect
    .poll(() => reader.dnsSnapshots('own.example', TODAY, 1), { timeout: 4_000 })
    .toHaveLength(1);
  expect(asked.filter((question) => question.includes('dead.example'))).toEqual([]);
});

test('addresses have their names while silent domains are still being asked about', async () => {
  const { asked, reader } = await keep(0);
  await expect.poll(() => reader.pointers(['198.51.100.7']), { timeout: 4_000 }).toHaveLength(1);
  expect(asked).toContain('A d0.dead.example');
});
