import { describe, expect, test } from 'vitest';
import type { MailSpec } from './mail/story.ts';
import { ask, failing, signed, sumsOf } from './what-if-asked.ts';

describe('raw results that do not suffice', () => {
  test('leave the evaluation of the receiver standing, and are counted', () => {
    const rows = [
      { source: 'as:64500', messages: 1, dkimAligned: true },
      { source: 'as:64501', messages: 1, dkimAligned: false, spfAligned: false },
      { source: 'as:64502', messages: 1, dkimAligned: null, spfAligned: null },
    ];
    const found = ask({ rows });
    expect(found.sources.map(({ sourceId, rejected }) => [sourceId, rejected])).toEqual([
      ['as:64501#own', 30],
      ['as:64500#own', 0],
      ['as:64502#own', 0],
    ]);
    expect(found.notRecomputable).toBe(90);
  });

  test('by a DNS error are no failure', () => {
    const row = {
      source: 'as:64500',
      messages: 1,
      dkim: ['temperror example.org s'],
      spf: ['fail example.org'],
    };
    const found = ask({ rows: [row] });
    expect(sumsOf(found, 'own')?.rejected).toBe(0);
    expect(found.notRecomputable).toBe(30);
    expect(found.differences).toEqual([{ kind: 'temperror', streams: [1], messages: 30 }]);
  });
});

describe('differences from the evaluation of the reporters', () => {
  const cases: [kind: string, row: Partial<MailSpec['rows'][number]>][] = [
    ['reported-aligned-recomputed-not', { ...failing, dkimAligned: true }],
    ['recomputed-aligned-reported-not', { ...signed, dkimAligned: false }],
    ['override', { ...signed, dkimAligned: false, reasons: ['local_policy'] }],
    [
      'raw-results-incomplete',
      { dkim: ['pass - s'], spf: ['fail example.org'], dkimAligned: true },
    ],
  ];
  test.each(cases)('are of the kind %s', (kind, row) => {
    const rows = [
      { source: 'as:64500', messages: 1, ...row },
      { source: 'as:64501', messages: 1, ...signed },
    ];
    expect(ask({ rows }).differences).toEqual([{ kind, streams: [1], messages: 30 }]);
  });

  test('are none where the reporter did not state its evaluation', () => {
    const row = { source: 'as:64500', messages: 1, ...signed, dkimAligned: null, spfAligned: null };
    expect(ask({ rows: [row] }).differences).toEqual([]);
  });

  test('are none where the modes changed inside of the window', () => {
    const row = { source: 'as:64500', messages: 1, from: 'a.example.org', ...signed };
    const found = ask({
      rows: [row],
      policy: [{}, { since: -9, adkim: 'strict' }],
    });
    expect(found.differences).toEqual([]);
  });
});
