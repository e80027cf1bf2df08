import { expect, test } from 'vitest';
import type { BeforeAfterResponse, ChangesResponse } from '../../../server/api/contract-changes.ts';
import { aReport } from './a-report.ts';
import { startApp } from './start-app.ts';

const started = async () => {
  const test = await startApp();
  await test.receive(aReport());
  return test;
};

test('changes carry their day, a label for the chart and the source they are about', async () => {
  const { ask } = await started();
  const answer = await ask('/api/domains/example.org/changes?from=2026-11-01&to=2026-11-20');
  const { range, changes } = answer.json<ChangesResponse>();
  expect(range).toEqual({ from: '2026-11-01', to: '2026-11-20' });
  expect(changes.map(({ day, kind, source }) => [day, kind, source])).toEqual([
    ['2026-11-03', 'dns', null],
    ['2026-11-05', 'source-first', 'service:google-workspace#own'],
    ['2026-11-12', 'note', null],
  ]);
});

test('before and after a day are as long as each other, for each source', async () => {
  const { ask } = await started();
  const answer = await ask('/api/domains/example.org/before-after?day=2026-11-05');
  expect(answer.json<BeforeAfterResponse>()).toMatchObject({
    day: '2026-11-05',
    before: { from: '2026-10-22', to: '2026-11-04' },
    after: { from: '2026-11-05', to: '2026-11-18' },
    sources: [
      { id: 'service:google-workspace#own', told: 'Signs since 5 Nov', lastDay: '2026-11-22' },
      { id: 'net:203.0.113.0/24#own', before: { messages: 990 }, after: { messages: 96 } },
    ],
    moving: [expect.stringContaining('do not switch the old server off') as string],
  });
});

const refused: [url: string, status: number, words: string][] = [
  ['example.org/before-after', 400, '"day" is missing'],
  ['example.org/before-after?day=2026-11-31', 400, 'no day of the calendar'],
  ['example.org/before-after?day=2027-01-01', 400, 'has not been yet'],
  ['example.org/changes?from=2026-11-02&to=2026-11-01', 400, 'Swap the two days'],
  ['nowhere.example/before-after?day=2026-11-05', 404, 'No report of this domain'],
  ['nowhere.example/changes', 404, 'No report of this domain'],
];
test.each(refused)('%s is answered with %i', async (url, status, words) => {
  const { ask } = await started();
  const answer = await ask(`/api/domains/${url}`);
  expect(answer.statusCode).toBe(status);
  expect(answer.json<{ message: string }>().message).toContain(words);
});
