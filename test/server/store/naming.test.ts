import { expect, test } from 'vitest';
import type { SourceNaming } from '../../../server/store/store.ts';
import { aDocument, aReport, DAY, MARCH } from './a-report.ts';
import { contentsOf } from './digest.ts';
import { recount } from './recount.ts';
import { openTempStore, testNaming } from './temp-store.ts';

const ever = { from: null, to: null };
const alpha = { spf: ['alpha.service.example'] };

test('an address that turns out to be a service takes its earlier mail along', async () => {
  const { store, reader } = await openTempStore();
  await store(aDocument(aReport({ reportId: 'before', rows: [{ count: 30 }] })));
  expect(await reader.sources('example.org', ever)).toMatchObject([
    { id: 'net:192.0.2.0/24', kind: 'block', tally: { messages: 30 } },
  ]);
  const next = { beginSeconds: MARCH + DAY, endSeconds: MARCH + 2 * DAY - 1 };
  await store(aDocument(aReport({ reportId: 'after', ...next, rows: [{ count: 2, ...alpha }] })));
  const [source, ...others] = await reader.sources('example.org', ever);
  expect(others).toEqual([]);
  expect(source).toMatchObject({
    ...{ id: 'service:alpha', name: 'alpha', kind: 'service', evidence: 'spf alpha 2' },
    ...{ addresses: 1, firstDay: '2026-03-01', lastDay: '2026-03-02', tally: { messages: 32 } },
  });
  const days = await reader.days('example.org', 'service:alpha', ever);
  expect(days.map(({ day, tally }) => [day, tally.messages])).toEqual([
    ['2026-03-01', 30],
    ['2026-03-02', 2],
  ]);
});

test('only the address that changed its name moves; totals stay', async () => {
  const { store, reader, dataDir } = await openTempStore();
  const rows = [{ count: 30 }, { count: 5, sourceIp: '192.0.2.2' }];
  await store(aDocument(aReport({ reportId: 'before', rows })));
  await store(aDocument(aReport({ reportId: 'after', rows: [{ count: 2, ...alpha }] })));
  const sources = await reader.sources('example.org', ever);
  expect(sources.map(({ id, tally }) => [id, tally.messages])).toEqual([
    ['service:alpha', 32],
    ['net:192.0.2.0/24', 5],
  ]);
  const totals = await reader.totals({ ...ever, domain: null });
  expect(totals.tally.messages).toBe(37);
  expect(contentsOf(dataDir)).toMatchObject(recount(dataDir, testNaming));
});

test('an address may be one source for one domain and another for the next', async () => {
  const { store, reader } = await openTempStore();
  await store(
    aDocument(aReport({ rows: [alpha] })),
    aDocument(aReport({ domain: 'example.net', rows: [{}] })),
  );
  expect(await reader.sources('example.org', ever)).toMatchObject([{ id: 'service:alpha' }]);
  expect(await reader.sources('example.net', ever)).toMatchObject([{ id: 'net:192.0.2.0/24' }]);
});

test('a name falls back when the version that gave it no longer counts', async () => {
  const { store, reader, dataDir } = await openTempStore();
  const versions = [{ rows: [{ count: 1, ...alpha }] }, { rows: [{ count: 1 }] }]
    .map((wanted) => aDocument(aReport(wanted)))
    .sort((a, b) => ((a.contentSha256 ?? '') > (b.contentSha256 ?? '') ? -1 : 1));
  await store(...versions);
  const winner = versions.at(-1);
  const isAlpha = winner?.outcome === 'report' && winner.report.profiles[0]?.spf.length === 1;
  expect(await reader.sources('example.org', ever)).toMatchObject([
    { id: isAlpha ? 'service:alpha' : 'net:192.0.2.0/24', tally: { messages: 1 } },
  ]);
  expect(contentsOf(dataDir)).toMatchObject(recount(dataDir, testNaming));
});

test('signs are asked once for each new profile, names only where signs changed', async () => {
  const asked = { signs: 0, names: 0 };
  const naming: SourceNaming = {
    signsOf: (profile) => {
      asked.signs += 1;
      return testNaming.signsOf(profile);
    },
    nameOf: (...known) => {
      asked.names += 1;
      return testNaming.nameOf(...known);
    },
  };
  const { store } = await openTempStore(naming);
  for (const reportId of ['1', '2', '3']) {
    const rows = [{}, { sourceIp: '192.0.2.2' }, { sourceIp: '192.0.2.3', ...alpha }];
    await store(aDocument(aReport({ reportId, rows })));
  }
  expect(asked).toEqual({ signs: 2, names: 3 + 2 });
});

test('every row of a version that does not count has a source, too', async () => {
  const { store, reader } = await openTempStore();
  const decided = await store(
    aDocument(aReport({ rows: [{ sourceIp: '203.0.113.1' }] })),
    aDocument(aReport({ rows: [{ sourceIp: '198.51.100.1' }] })),
  );
  for (const { reportId } of decided) {
    const rows = await reader.rows(reportId ?? 0, 0, 10);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.sourceId).toMatch(/^net:/);
  }
});
