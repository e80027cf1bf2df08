import { expect, test } from 'vitest';
import type { VerdictResponse } from '../../../server/api/contract-verdict.ts';
import { inOrder } from '../../../web/verdict/do-next-order.ts';

type Row = Pick<VerdictResponse, 'domain' | 'verdict' | 'blockers' | 'questions'>;
const row = (domain: string, verdict: Row['verdict'], messages = 0): Row => ({
  domain,
  verdict,
  blockers:
    messages === 0 ? [] : [{ source: 'x', name: 'X', reason: 'fails', messages, gates: [] }],
  questions: [],
});

test('harm comes first, then a step that is ready, then work by its size, then waiting', () => {
  const rows = [
    row('silent.example', 'no-data'),
    row('waiting.example', 'stay'),
    row('small.example', 'stay', 4),
    row('large.example', 'stay', 400),
    row('ready.example', 'advance'),
    row('harmed.example', 'go-back'),
  ];
  expect(inOrder(rows).map(({ domain }) => domain)).toEqual([
    'harmed.example',
    'ready.example',
    'large.example',
    'small.example',
    'waiting.example',
    'silent.example',
  ]);
});

test('a question is work, even where no sender is in the way', () => {
  const asked = {
    ...row('asked.example', 'stay'),
    questions: [{ source: 'x', text: 'Is it yours?', messages: 3 }],
  };
  expect(inOrder([row('a.example', 'stay'), asked])[0]).toBe(asked);
});

test('equals are in the order of the alphabet, and the list given is left alone', () => {
  const rows = [row('b.example', 'stay'), row('a.example', 'stay')];
  expect(inOrder(rows).map(({ domain }) => domain)).toEqual(['a.example', 'b.example']);
  expect(rows[0]?.domain).toBe('b.example');
});
