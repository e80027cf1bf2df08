import { expect, test } from 'vitest';
import type { AggregateReport } from '../../../ingest/report.ts';
import { aDocument, aReport, DAY, MARCH } from './a-report.ts';
import { contentsOf } from './digest.ts';
import { openTempStore, testNaming } from './temp-store.ts';
import { recount } from './recount.ts';

/** A document whose first reading differs from what it says. */
async function storedAs(first: AggregateReport, content: string) {
  const store = await openTempStore();
  const document = aDocument(first);
  if (document.outcome !== 'report') throw new Error('no report');
  const contentSha256 = content.repeat(64);
  const [decided] = await store.store({ ...document, contentSha256 });
  return { ...store, id: decided?.reportId ?? 0, contentSha256 };
}

const versionsOf = (dataDir: string): unknown[] =>
  (contentsOf(dataDir)['report'] ?? []).map((row) => {
    const [, content, counted] = JSON.parse(row) as [string, string, number];
    return [content.slice(0, 1), counted];
  });

/** Sums made again from the rows are those that stand there. */
function expectExactSums(dataDir: string): void {
  const { address_sign, address_day, stream_day, ...more } = contentsOf(dataDir);
  const { unaligned_address, reporter_day } = more;
  const again = recount(dataDir, testNaming);
  expect({ address_sign, address_day, stream_day, unaligned_address, reporter_day }).toEqual({
    address_sign: again['address_sign'],
    address_day: again['address_day'],
    stream_day: again['stream_day'],
    unaligned_address: again['unaligned_address'],
    reporter_day: again['reporter_day'],
  });
}

test('another reading under the same identity keeps id and place, and moves the sums', async () => {
  const { writer, reader, dataDir, id, contentSha256 } = await storedAs(
    aReport({ rows: [{ count: 5 }] }),
    'b',
  );
  const again = aReport({ rows: [{ count: 5 }, { sourceIp: '198.51.100.9', count: 4 }] });
  await writer.replaceReport(id, again, contentSha256);
  expect(await reader.report(id)).toMatchObject({ id, messages: 9, counted: true });
  expect((await reader.totals({ domain: null, from: null, to: null })).tally.messages).toBe(9);
  expectExactSums(dataDir);
});

test('one that is now another domain’s leaves nothing of it at the old one', async () => {
  const { writer, reader, dataDir, id, contentSha256 } = await storedAs(
    aReport({ domain: 'wrong.example', rows: [{ count: 5 }] }),
    'b',
  );
  const before = await reader.domainVersion('wrong.example');
  await writer.replaceReport(id, aReport({ domain: 'right.example' }), contentSha256);
  expect((await reader.domains({ from: null, to: null })).map(({ domain }) => domain)).toEqual([
    'right.example',
  ]);
  expect(await reader.domainVersion('wrong.example')).not.toBe(before);
  expectExactSums(dataDir);
});

test('one that leaves other versions behind makes the best of them count', async () => {
  const base = { reportId: 'same', rows: [{ count: 1 }] };
  const { writer, store, dataDir, id, contentSha256 } = await storedAs(aReport(base), 'a');
  const other = aDocument(aReport({ ...base, rows: [{ count: 20 }] }));
  if (other.outcome !== 'report') throw new Error('no report');
  await store(
    { ...other, contentSha256: 'c'.repeat(64) },
    { ...other, contentSha256: 'b'.repeat(64) },
  );
  expect(versionsOf(dataDir).sort()).toEqual([
    ['A', 1],
    ['B', 0],
    ['C', 0],
  ]);

  await writer.replaceReport(id, aReport({ ...base, reportId: 'another' }), contentSha256);
  expect(versionsOf(dataDir).sort()).toEqual([
    ['A', 1],
    ['B', 1],
    ['C', 0],
  ]);
  expectExactSums(dataDir);
});

test('one that joins other versions counts only where it wins', async () => {
  const { writer, store, reader, dataDir, id, contentSha256 } = await storedAs(
    aReport({ reportId: 'misread', rows: [{ count: 5 }] }),
    'b',
  );
  const known = aDocument(aReport({ reportId: 'right', rows: [{ count: 3 }] }));
  if (known.outcome !== 'report') throw new Error('no report');
  await store({ ...known, contentSha256: 'a'.repeat(64) });
  await writer.replaceReport(
    id,
    aReport({ reportId: 'right', rows: [{ count: 5 }] }),
    contentSha256,
  );
  expect(await reader.report(id)).toMatchObject({ counted: false });
  expect((await reader.totals({ domain: null, from: null, to: null })).tally.messages).toBe(3);
  expectExactSums(dataDir);
});

test('a report over several days is spread anew', async () => {
  const long = { beginSeconds: MARCH, endSeconds: MARCH + 3 * DAY };
  const { writer, dataDir, id, contentSha256 } = await storedAs(aReport({ ...long }), 'b');
  await writer.replaceReport(id, aReport({ ...long, rows: [{ count: 10 }] }), contentSha256);
  expectExactSums(dataDir);
});
