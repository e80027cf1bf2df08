import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';
import { openSettings } from '../../../server/store/open.ts';
import type { AddressPointer, StoreSettings } from '../../../server/store/store.ts';
import { aDocument, aReport, DAY, MARCH, type WantedReport } from './a-report.ts';
import { anyReport } from './any-reports.ts';
import { aSnapshot } from './a-snapshot.ts';
import { contentsOf } from './digest.ts';
import { type FactsOf, recount } from './recount.ts';
import { openTempStore, testNaming } from './temp-store.ts';

const ever = { from: null, to: null };
const everything = { ...ever, domain: null };
const documentsOf = (reports: readonly WantedReport[]) =>
  reports.map((report) => aDocument(aReport(report)));

async function withSettings<T>(
  dataDir: string,
  use: (settings: StoreSettings) => Promise<T>,
): Promise<T> {
  const settings = openSettings({ dataDir });
  try {
    return await use(settings);
  } finally {
    await settings.close();
  }
}

const networks = [
  { network: '192.0.2.0/24', include: 'service.example' },
  { network: '192.0.2.2/32', include: null },
  { network: '2001:db8::/32', include: 'service.example' },
];
const pointer = { sourceIp: '198.51.100.1', name: 'sender.example', confirmed: true };

/** What the snapshot and the pointer above say, worked out by hand. */
const factsOf: FactsOf = (policyDomain, sourceIp) => {
  const known = policyDomain === 'example.org';
  const byInclude = sourceIp === '192.0.2.1' || sourceIp.startsWith('2001:db8:');
  const own = sourceIp === '192.0.2.2';
  const network = own ? '192.0.2.2/32' : sourceIp.includes(':') ? '2001:db8::/32' : '192.0.2.0/24';
  return {
    policyDomain,
    spf: known && (byInclude || own) ? { network, include: own ? null : 'service.example' } : null,
    ownHost: false,
    pointer: sourceIp === pointer.sourceIp ? { name: pointer.name, confirmed: true } : null,
  };
};

test('what is renamed after DNS was asked equals a store that knew DNS from the start, and every sum is exact', async () => {
  const cases = fc.tuple(
    fc.array(anyReport, { minLength: 1, maxLength: 8 }),
    fc.array(anyReport, { maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([before, after]) => {
      const late = await openTempStore();
      await late.store(...documentsOf(before));
      const totals = await late.reader.totals(everything);
      await withSettings(late.dataDir, async (settings) => {
        await settings.saveDnsSnapshot(aSnapshot({ networks }));
        await settings.savePointers([pointer], 1);
      });
      await late.writer.renameAddresses(null);
      expect(await late.reader.totals(everything)).toEqual(totals);
      expect(contentsOf(late.dataDir)).toMatchObject(recount(late.dataDir, testNaming, factsOf));
      await late.store(...documentsOf(after));
      // A name is kept of an address that is known.
      await withSettings(late.dataDir, (settings) => settings.savePointers([pointer], 1));
      await late.writer.renameAddresses(null);
      expect(contentsOf(late.dataDir)).toMatchObject(recount(late.dataDir, testNaming, factsOf));

      const knowing = await openTempStore();
      await withSettings(knowing.dataDir, (settings) =>
        settings.saveDnsSnapshot(aSnapshot({ networks })),
      );
      await knowing.store(...documentsOf([...before, ...after]));
      await withSettings(knowing.dataDir, (settings) => settings.savePointers([pointer], 1));
      await knowing.writer.renameAddresses(null);
      expect(contentsOf(knowing.dataDir)).toEqual(contentsOf(late.dataDir));
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('the number of addresses that moved is told; deciding again moves none', async () => {
  const { store, writer, reader, dataDir } = await openTempStore();
  const rows = [{}, { sourceIp: '192.0.2.2' }, { sourceIp: '203.0.113.1' }];
  await store(aDocument(aReport({ rows })));
  await withSettings(dataDir, (settings) => settings.saveDnsSnapshot(aSnapshot({ networks })));
  const version = await reader.domainVersion('example.org');
  expect(await writer.renameAddresses('example.net')).toBe(0);
  expect(await writer.renameAddresses('example.org')).toBe(2);
  expect(await reader.domainVersion('example.org')).not.toBe(version);
  const renamed = await reader.domainVersion('example.org');
  expect(await writer.renameAddresses(null)).toBe(0);
  expect(await reader.domainVersion('example.org')).toBe(renamed);
  const sources = await reader.sources('example.org', ever);
  expect(sources.map(({ id, kind }) => [id, kind]).sort()).toEqual([
    ['net:203.0.113.0/24', 'block'],
    ['spf:example.org', 'own-network'],
    ['spf:service.example', 'spf'],
  ]);
});

test('many addresses with many sums move in several transactions, to the last message', async () => {
  const { store, writer, reader, dataDir } = await openTempStore();
  const rows = Array.from({ length: 1_200 }, (_, row) => ({
    ...{ sourceIp: `10.0.${row >> 8}.${row & 255}`, count: row + 1 },
  }));
  const reports = Array.from({ length: 30 }, (_, day) => ({
    ...{ reportId: `${day}`, beginSeconds: MARCH + day * DAY, rows },
    endSeconds: MARCH + (day + 1) * DAY - 1,
  }));
  await store(...documentsOf(reports));
  const totals = await reader.totals(everything);
  const all = [{ network: '10.0.0.0/8', include: 'service.example' }];
  await withSettings(dataDir, (settings) => settings.saveDnsSnapshot(aSnapshot({ networks: all })));
  expect(await writer.renameAddresses(null)).toBe(1_200);
  expect(await reader.totals(everything)).toEqual(totals);
  expect(await reader.sources('example.org', ever)).toMatchObject([
    { id: 'spf:service.example', addresses: 1_200, tally: totals.tally },
  ]);
}, 60_000);

test('new addresses are named after a snapshot that another process has saved since', async () => {
  const { store, reader, dataDir } = await openTempStore();
  await store(aDocument(aReport()));
  await withSettings(dataDir, (settings) => settings.saveDnsSnapshot(aSnapshot({ networks })));
  await store(aDocument(aReport({ reportId: 'next', rows: [{ sourceIp: '192.0.2.2' }] })));
  const sources = await reader.sources('example.org', ever);
  expect(sources.map(({ id }) => id).sort()).toEqual(['net:192.0.2.0/24', 'spf:example.org']);
});

async function sourceOf(
  snapshots: readonly DnsSnapshot[],
  sourceIp: string,
  pointers: readonly AddressPointer[] = [],
): Promise<string | undefined> {
  const { store, writer, reader, dataDir } = await openTempStore();
  await store(aDocument(aReport({ rows: [{ sourceIp }] })));
  await withSettings(dataDir, async (settings) => {
    for (const snapshot of snapshots) await settings.saveDnsSnapshot(snapshot);
    await settings.savePointers(pointers, 1);
  });
  await writer.renameAddresses(null);
  return (await reader.sources('example.org', ever))[0]?.id;
}

const block = 'net:192.0.2.0/24';
const host = { sourceIp: '192.0.2.1', name: 'host.example' };
const cases: [why: string, snapshots: DnsSnapshot[], pointers: AddressPointer[], source: string][] =
  [
    ['its include', [aSnapshot({ networks })], [], 'spf:service.example'],
    ['its own A record', [aSnapshot({ addresses: ['192.0.2.1'] })], [], 'spf:example.org'],
    ['its mail host', [aSnapshot({ mx: ['192.0.2.1'] })], [], 'spf:example.org'],
    ['no snapshot of another domain', [aSnapshot({ networks, domain: 'x.example' })], [], block],
    ['a confirmed name', [], [{ ...host, confirmed: true }], 'ptr:host.example'],
    ['no unconfirmed name', [], [{ ...host, confirmed: false }], block],
    ['no missing name', [], [{ sourceIp: '192.0.2.1', name: null, confirmed: false }], block],
    [
      'the newest snapshot, whatever was saved last',
      [aSnapshot({ askedSeconds: 2 }), aSnapshot({ askedSeconds: 1, networks })],
      [],
      block,
    ],
    [
      'what was known before SPF could not be asked',
      [aSnapshot({ networks }), aSnapshot({ askedSeconds: 1_773_000_001, spfState: 'unknown' })],
      [],
      'spf:service.example',
    ],
    [
      'what was known before the mail hosts could not be asked',
      [aSnapshot({ mx: ['192.0.2.1'] }), aSnapshot({ askedSeconds: 1_773_000_001, mx: null })],
      [],
      'spf:example.org',
    ],
    [
      'nothing that is no longer published',
      [aSnapshot({ networks }), aSnapshot({ askedSeconds: 1_773_000_001 })],
      [],
      block,
    ],
  ];
for (const [why, snapshots, pointers, source] of cases) {
  test(`an address is named after ${why}`, async () => {
    expect(await sourceOf(snapshots, '192.0.2.1', pointers)).toBe(source);
  });
}
