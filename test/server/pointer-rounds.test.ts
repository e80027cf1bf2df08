import { expect, onTestFinished, test } from 'vitest';
import type { Resolver } from '../../server/dns/look-up.ts';
import { openResolver } from '../../server/dns/resolver.ts';
import { pointerRounds } from '../../server/pointer-rounds.ts';
import { openSettings } from '../../server/store/open.ts';
import { startNameServer } from '../dns/name-server.ts';
import { readZone } from '../dns/zone.ts';
import { aDocument, aReport, DAY } from './store/a-report.ts';
import { openTempStore } from './store/temp-store.ts';

const addressesOf = (network: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${network}.${at}`);

/** Rounds over a store that has met these addresses, the newest last. */
async function startRounds(zone: string, addresses: string[], perRound?: number) {
  const { dataDir, reader, store } = await openTempStore();
  const settings = openSettings({ dataDir });
  const server = await startNameServer(readZone(zone));
  onTestFinished(async () => {
    await server.stop();
    await settings.close();
  });
  await store(aDocument(aReport({ rows: addresses.map((sourceIp) => ({ sourceIp })) })));
  const clock = { seconds: 20_000 * DAY };
  const deps = { reader, settings, nowSeconds: () => clock.seconds, perSecond: 1_000 };
  const round = pointerRounds({ ...deps, ...(perRound !== undefined && { perRound }) });
  /** One round; what it asked, as addresses. */
  const ask = async (): Promise<string[]> => {
    const options = { timeoutMs: 300, tries: 1, deadAfter: 120 };
    const resolver: Resolver | null = openResolver({ servers: server.at, ...options });
    if (resolver === null) throw new Error('the resolver setting is refused');
    const before = server.asked.length;
    await round(resolver, new AbortController().signal);
    return server.asked
      .slice(before)
      .map((asked) => asked.replace('PTR ', '').split('.').slice(0, 4).reverse().join('.'));
  };
  return { ask, clock, reader };
}

const known = addressesOf('198.51.100', 20);

test('a dead network hides no other address, and what was not asked has its turn in the next round', async () => {
  const dead = addressesOf('203.0.113', 30);
  const zone = 'x.example A 192.0.2.1\n*.113.0.203.in-addr.arpa FAULT silent';
  const { ask, reader } = await startRounds(zone, [...known, ...dead]);
  const first = await ask();
  expect(await reader.pointers(known)).toHaveLength(known.length);
  const silent = first.filter((sourceIp) => dead.includes(sourceIp));
  expect(silent.length).toBeLessThan(20);
  const second = await ask();
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((sourceIp) => first.includes(sourceIp))).toEqual([]);
  expect(await reader.pointers(dead)).toEqual([]);
});

test('twenty dead networks end no round', async () => {
  const dead = Array.from({ length: 20 }, (_, at) => `203.0.${at}.1`);
  const silent = dead.map((_, at) => `*.${at}.0.203.in-addr.arpa FAULT silent`);
  const zone = ['x.example A 192.0.2.1', ...silent].join('\n');
  const { ask, reader } = await startRounds(zone, [...known, ...dead]);
  await ask();
  expect(await reader.pointers(known)).toHaveLength(known.length);
});

test('an address without an answer is asked again after a day', async () => {
  const zone = '*.113.0.203.in-addr.arpa FAULT servfail';
  const { ask, clock } = await startRounds(zone, ['203.0.113.1']);
  expect(await ask()).toEqual(['203.0.113.1']);
  clock.seconds += DAY - 1;
  expect(await ask()).toEqual([]);
  clock.seconds += 1;
  expect(await ask()).toEqual(['203.0.113.1']);
});

test('addresses that fail every day keep no others from their turn', async () => {
  const failing = addressesOf('203.0.113', 30);
  const zone = 'x.example A 192.0.2.1\n*.113.0.203.in-addr.arpa FAULT servfail';
  const { ask, clock, reader } = await startRounds(zone, [...known, ...failing], 10);
  for (let day = 0; day < 10; day++) {
    await ask();
    clock.seconds += DAY;
  }
  expect(await reader.pointers(known)).toHaveLength(known.length);
});
