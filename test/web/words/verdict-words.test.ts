import { expect, test } from 'vitest';
import type { GateResponse } from '../../../server/api/contract-verdict.ts';
import { byUrgency, GATE_STATES, GATES, gatesSummary } from '../../../web/words/gate-words.ts';
import {
  blockersWords,
  earliestSentence,
  littleMailSentence,
  verdictLabel,
  waitWords,
} from '../../../web/words/verdict-words.ts';

const verdict = {
  verdict: 'stay' as const,
  change: null,
  blockers: [],
  earliest: null,
  lowVolume: false,
  highestFailureRatio: null,
};

test('the label names where an advance leads', () => {
  expect(
    verdictLabel({ verdict: 'advance', change: 'p=none to p=quarantine, leave all else' }),
  ).toBe('advance to p=quarantine');
  expect(
    verdictLabel({ verdict: 'advance', change: 'p=none to p=quarantine; t=y; leave all else' }),
  ).toBe('advance to p=quarantine; t=y');
  expect(verdictLabel({ verdict: 'advance', change: 'remove pct' })).toBe(
    'advance to the next step',
  );
  expect(verdictLabel({ verdict: 'advance', change: null })).toBe('advance');
  expect(verdictLabel({ verdict: 'go-back', change: null })).toBe('go back');
  expect(verdictLabel({ verdict: 'no-data', change: null })).toBe('no data');
  expect(verdictLabel({ verdict: 'stay', change: null })).toBe('stay');
});

test('the earliest day is told where there is one', () => {
  expect(earliestSentence({ earliest: '2026-12-12' })).toBe(
    'The answer can change on 12 Dec at the earliest.',
  );
  expect(earliestSentence({ earliest: null })).toBeNull();
});

test('little mail says how much could fail unseen', () => {
  expect(littleMailSentence(verdict)).toBeNull();
  expect(littleMailSentence({ ...verdict, lowVolume: true, highestFailureRatio: 0.031 })).toContain(
    'Up to 3.1% of your mail',
  );
  expect(littleMailSentence({ ...verdict, lowVolume: true })).toMatch(/busy domain\.$/);
});

test('senders in the way are counted', () => {
  expect(blockersWords({ blockers: [] })).toBeNull();
  const blocker = { source: 'x', name: 'X', reason: 'fails', messages: 1, gates: [] };
  expect(blockersWords({ blockers: [blocker] })).toBe('1 sender in the way');
});

const waits: [seconds: number, words: string][] = [
  [0, '1 second'],
  [59, '59 seconds'],
  [300, '5 minutes'],
  [3600, '1 hour'],
  [5400, '2 hours'],
  [86_400, '1 day'],
  [172_800, '2 days'],
];
test.each(waits)('a wait of %d seconds is told as %s, never as less', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});

const gate = (id: GateResponse['id'], state: GateResponse['state']): GateResponse => ({
  ...{ id, state, value: null, threshold: null, detail: '', sources: [], waiver: null },
});

test('what is not met comes before what is, and the road keeps its order', () => {
  const gates = [gate('dns', 'met'), gate('coverage', 'not-asked'), gate('rhythm', 'not-met')];
  const sorted = byUrgency([...gates, gate('classes', 'not-met'), gate('own-aligned', 'accepted')]);
  expect(sorted.map(({ id }) => id)).toEqual([
    'rhythm',
    'classes',
    'coverage',
    'own-aligned',
    'dns',
  ]);
});

test('an accepted gate counts as met and is told apart', () => {
  expect(gatesSummary([gate('dns', 'met'), gate('rhythm', 'not-met')])).toBe('1 of 2 met');
  expect(gatesSummary([gate('dns', 'accepted'), gate('rhythm', 'met')])).toBe(
    '2 of 2 met, 1 of them accepted as they are',
  );
});

// The compiler refuses these lists when a gate or a state is added or taken away.
const gates: Record<GateResponse['id'], true> = {
  'time-at-policy': true,
  rhythm: true,
  coverage: true,
  classes: true,
  'own-aligned': true,
  'dkim-carries': true,
  'forwarding-loss': true,
  'after-step': true,
  dns: true,
  'testing-honoured': true,
};
test('every gate has a name and a why, every state a sign and a word', () => {
  for (const id of Object.keys(gates) as GateResponse['id'][]) {
    expect(GATES[id].name, id).toMatch(/^[A-Z].*[^.]$/);
    expect(GATES[id].why, id).toMatch(/^[A-Z].*\.$/);
  }
  const words = Object.values(GATE_STATES).map(({ word }) => word);
  expect(new Set(words).size).toBe(words.length);
});
