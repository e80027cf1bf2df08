import { expect, test } from 'vitest';
import { sparklinePaths } from '../../web/sparkline-paths.ts';

test('the busiest day has the full height, its aligned part below the rest', () => {
  const paths = sparklinePaths([{ messages: 10, dmarcAligned: 4 }], 20);
  expect(paths.aligned).toBe('M0 20v-8h.8v8z');
  expect(paths.notAligned).toBe('M0 12v-12h.8v12z');
});

test('a day without a report leaves a mark on the base line and no bar', () => {
  const paths = sparklinePaths([{ messages: null, dmarcAligned: null }], 20);
  expect(paths).toEqual({ aligned: '', notAligned: '', gaps: 'M0 20v-1h.8v1z' });
});

test('a day with reports and no message leaves nothing at all', () => {
  const paths = sparklinePaths([{ messages: 0, dmarcAligned: 0 }], 20);
  expect(paths).toEqual({ aligned: '', notAligned: '', gaps: '' });
});

test('days stand side by side, each relative to the busiest', () => {
  const { aligned } = sparklinePaths(
    [
      { messages: 5, dmarcAligned: 5 },
      { messages: 20, dmarcAligned: 20 },
    ],
    20,
  );
  expect(aligned).toBe('M0 20v-5h.8v5zM1 20v-20h.8v20z');
});
