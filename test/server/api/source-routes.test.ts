import { expect, test } from 'vitest';
import { emptyTally } from '../../../ingest/outcome.ts';
import type {
  DaysResponse,
  SourceDetailResponse,
  SourcesResponse,
} from '../../../server/api/contract.ts';
import { aReport } from './a-report.ts';
import { startApp } from './start-app.ts';

const withSources = async () => {
  const test = await startApp();
  await test.receive(
    aReport({
      day: '2026-11-20',
      rows: [
        { sourceIp: '192.0.2.7', count: 10 },
        { sourceIp: '192.0.2.8', count: 2 },
        {
          sourceIp: '198.51.100.9',
          count: 4,
          dkimAligned: false,
          spfPassFor: 'bounces.elsewhere.example',
        },
      ],
    }),
  );
  await test.receive(aReport({ day: '2026-11-21', rows: [{ sourceIp: '192.0.2.7', count: 1 }] }));
  const { sources } = (await test.ask('/api/domains/example.org/sources')).json<SourcesResponse>();
  const idOf = (address: string): string =>
    sources.find(({ name, id }) => `${name} ${id}`.includes(address))?.id ?? 'not found';
  return { ...test, sources, idOf };
};

const path = (id: string) => `/api/domains/example.org/sources/${encodeURIComponent(id)}`;

test('sources add up addresses, and tell what passed without being aligned', async () => {
  const { sources, idOf } = await withSources();
  expect(sources).toHaveLength(2);
  expect(sources.find(({ id }) => id === idOf('192.0.2.0'))).toMatchObject({
    kind: 'block',
    addresses: 2,
    tally: { messages: 13, dmarcAligned: 13 },
    firstDay: '2026-11-20',
    lastDay: '2026-11-21',
  });
  expect(sources.find(({ id }) => id === idOf('198.51.100.0'))).toMatchObject({
    tally: { messages: 4, dmarcAligned: 0, spfPassUnaligned: 4 },
    passedUnaligned: [{ by: 'spf', domain: 'bounces.elsewhere.example', messages: 4 }],
  });
});

test('one source lists its addresses; an id with a slash is one part of the path', async () => {
  const { ask, idOf } = await withSources();
  const id = idOf('192.0.2.0');
  expect(id).toContain('/');
  const answer = await ask(path(id));
  const { source, addresses } = answer.json<SourceDetailResponse>();
  expect(source.id).toBe(id);
  expect(addresses.map(({ sourceIp, tally }) => [sourceIp, tally.messages]).sort()).toEqual([
    ['192.0.2.7', 11],
    ['192.0.2.8', 2],
  ]);
});

test('a day with reports that do not name the source is zero for it; a day without reports is null', async () => {
  const { ask, idOf } = await withSources();
  const answer = await ask(`${path(idOf('198.51.100.0'))}/days?from=2026-11-19&to=2026-11-21`);
  const { days } = answer.json<DaysResponse>();
  expect(days.map(({ day, tally }) => [day, tally?.messages ?? null])).toEqual([
    ['2026-11-19', null],
    ['2026-11-20', 4],
    ['2026-11-21', 0],
  ]);
});

test('a source that sent nothing in the range is still known', async () => {
  const { ask, idOf } = await withSources();
  const answer = await ask(`${path(idOf('192.0.2.0'))}?from=2026-10-01&to=2026-10-31`);
  expect(answer.json<SourceDetailResponse>()).toMatchObject({
    source: { addresses: 0, tally: emptyTally(), lastDay: '2026-11-21' },
    addresses: [],
  });
});

test.each(['', '/days'])('a source that never sent is told as unknown: %s', async (rest) => {
  const { ask } = await withSources();
  const answer = await ask(`${path('service:nobody')}${rest}`);
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ code: 'unknown-source' });
});
