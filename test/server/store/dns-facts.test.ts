import { expect, onTestFinished, test } from 'vitest';
import { openSettings } from '../../../server/store/open.ts';
import { aDocument, aReport, DAY } from './a-report.ts';
import { aSnapshot } from './a-snapshot.ts';
import { openTempStore } from './temp-store.ts';

async function openFacts() {
  const opened = await openTempStore();
  const settings = openSettings({ dataDir: opened.dataDir });
  onTestFinished(() => settings.close());
  return { ...opened, settings };
}

const ASKED_DAY = 20_520;
const askedOn = (day: number, seconds = 0) => ({ askedSeconds: day * DAY + seconds });

test('snapshots are kept with their dates, and come newest first', async () => {
  const { reader, settings } = await openFacts();
  const [first, second, third] = [0, 1, 2].map((day) => aSnapshot(askedOn(ASKED_DAY + day)));
  for (const snapshot of [second, first, third]) {
    if (snapshot !== undefined) await settings.saveDnsSnapshot(snapshot);
  }
  await settings.saveDnsSnapshot(aSnapshot({ ...askedOn(ASKED_DAY), domain: 'example.net' }));
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY + 9, 9)).toEqual([
    third,
    second,
    first,
  ]);
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY + 9, 1)).toEqual([third]);
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY + 1, 9)).toEqual([second, first]);
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY - 1, 9)).toEqual([]);
});

test('a snapshot belongs to the day up to its last second', async () => {
  const { reader, settings } = await openFacts();
  await settings.saveDnsSnapshot(aSnapshot(askedOn(ASKED_DAY, DAY - 1)));
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY, 9)).toHaveLength(1);
  await settings.saveDnsSnapshot(aSnapshot(askedOn(ASKED_DAY + 1)));
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY, 9)).toHaveLength(1);
});

test('a snapshot of the same second takes the place of the one before', async () => {
  const { reader, settings } = await openFacts();
  await settings.saveDnsSnapshot(aSnapshot(askedOn(ASKED_DAY)));
  const again = aSnapshot({ ...askedOn(ASKED_DAY), addresses: ['192.0.2.1'] });
  await settings.saveDnsSnapshot(again);
  expect(await reader.dnsSnapshots('example.org', ASKED_DAY, 9)).toEqual([again]);
});

test('a saved snapshot changes the version of its domain', async () => {
  const { reader, settings } = await openFacts();
  const before = await reader.domainVersion('example.org');
  await settings.saveDnsSnapshot(aSnapshot());
  expect(await reader.domainVersion('example.org')).not.toBe(before);
});

test('addresses are to be looked up, newest first, until they were; old answers again', async () => {
  const { reader, settings, store } = await openFacts();
  const rows = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((sourceIp) => ({ sourceIp }));
  await store(aDocument(aReport({ rows })));
  expect(await reader.addressesToLookUp(0, 9)).toEqual(['192.0.2.3', '192.0.2.2', '192.0.2.1']);
  expect(await reader.addressesToLookUp(0, 1)).toEqual(['192.0.2.3']);
  expect(await reader.addressesToLookUp(0, 9, '192.0.2.3')).toEqual(['192.0.2.2', '192.0.2.1']);
  expect(await reader.addressesToLookUp(0, 1, '192.0.2.2')).toEqual(['192.0.2.1']);
  expect(await reader.addressesToLookUp(0, 9, '203.0.113.9')).toHaveLength(3);
  const none = { name: null, confirmed: false };
  await settings.savePointers([{ sourceIp: '192.0.2.3', ...none }], 1_000);
  await settings.savePointers([{ sourceIp: '192.0.2.1', ...none }], 2_000);
  expect(await reader.addressesToLookUp(1_000, 9)).toEqual(['192.0.2.2']);
  expect(await reader.addressesToLookUp(1_001, 9)).toEqual(['192.0.2.3', '192.0.2.2']);
});

test('pointers are told of addresses that were asked about', async () => {
  const { reader, settings, store } = await openFacts();
  const rows = ['192.0.2.1', '192.0.2.2'].map((sourceIp) => ({ sourceIp }));
  await store(aDocument(aReport({ rows })));
  const named = { sourceIp: '192.0.2.1', name: 'a.example', confirmed: true };
  const unknown = { sourceIp: '203.0.113.9', name: 'b.example', confirmed: true };
  await settings.savePointers([named, unknown], 1);
  expect(await reader.pointers(['192.0.2.1', '192.0.2.2', '203.0.113.9'])).toEqual([named]);
  const changed = { ...named, confirmed: false };
  await settings.savePointers([changed], 2);
  expect(await reader.pointers(['192.0.2.1'])).toEqual([changed]);
  const gone = { sourceIp: '192.0.2.1', name: null, confirmed: false };
  await settings.savePointers([gone], 3);
  expect(await reader.pointers(['192.0.2.1'])).toEqual([gone]);
});
