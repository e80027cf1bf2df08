import { expect, test } from 'vitest';
import type { WhatIfResponse } from '../../../server/api/contract-what-if.ts';
import { candidateWords, composedOf } from '../../../web/what-if/candidate-query.ts';
import { sourceRows, weekRows } from '../../../web/what-if/columns-of.ts';

test('an address composes a policy from what is readable in it', () => {
  const query = new URLSearchParams(
    'p=reject&sp=maybe&adkim=strict&drop-include=+spf.example+&at=x',
  );
  expect(composedOf(query)).toEqual({
    p: 'reject',
    adkim: 'strict',
    'drop-include': 'spf.example',
  });
  expect(composedOf(new URLSearchParams('sp=maybe&drop-selector='))).toBeNull();
});

test('a policy in short names every part that was changed', () => {
  expect(candidateWords({ p: 'reject', aspf: 'strict', 'drop-selector': 'k1' })).toBe(
    'p=reject, aspf=strict, without DKIM selector k1',
  );
});

type Source = WhatIfResponse['sources'][number];
const source = (id: string, of: Source['class'], quarantined: number, rejected = 0): Source => ({
  ...{ id, name: id, class: of, messages: 100, failing: quarantined + rejected },
  ...{ quarantined, rejected },
});
const answer = (sources: Source[], weeks: WhatIfResponse['weeks'] = []): WhatIfResponse => ({
  domain: 'example.org',
  window: { from: '2026-11-01', to: '2026-11-30' },
  inForce: CANDIDATE,
  candidate: CANDIDATE,
  ...{ sources, weeks, classes: [], sentence: '', differences: [] },
  ...{ notRecomputable: 0, governedElsewhere: 0, notes: [] },
});
const CANDIDATE: WhatIfResponse['candidate'] = {
  ...{ p: 'none', sp: null, np: null, adkim: 'relaxed', aspf: 'relaxed' },
  ...{ dropInclude: null, dropSelector: null },
};

test('own mail comes first, and each policy keeps its column', () => {
  const rows = sourceRows([
    { label: 'today', answer: answer([source('stranger', 'unauthorised', 0)]) },
    {
      label: 'p=reject',
      answer: answer([
        source('stranger', 'unauthorised', 0, 90),
        source('list', 'forwarder', 2, 3),
        source('small', 'own', 1),
        source('large', 'own', 7),
      ]),
    },
  ]);
  expect(rows.map(({ key, hits }) => [key, hits])).toEqual([
    ['large', [0, 7]],
    ['small', [0, 1]],
    ['list', [0, 5]],
    ['stranger', [0, 90]],
  ]);
});

test('weeks are those of own and forwarded mail, newest first', () => {
  const week = (monday: string, of: Source['class'], quarantined: number) => ({
    ...{ monday, class: of, messages: 10, quarantined, rejected: 1 },
  });
  const weeks = [
    week('2026-11-02', 'own', 1),
    week('2026-11-02', 'unauthorised', 5),
    week('2026-11-09', 'forwarder', 2),
  ];
  expect(
    weekRows([{ label: 'x', answer: answer([], weeks) }]).map(({ key, hits }) => [key, hits]),
  ).toEqual([
    ['2026-11-09 forwarder', [3]],
    ['2026-11-02 own', [2]],
  ]);
});
