import { describe, expect, test } from 'vitest';

import type { MailRow, MailSpec } from '../mail/story.ts';
import { judged } from '../../../scenarios/judged.ts';
import { workspace } from '../../../scenarios/scenario.ts';

const failing = (messages: number, more: Partial<MailRow> = {}): MailRow =>
  workspace(messages, {
    on: [-10],
    dkim: ['fail example.org google'],
    spf: ['softfail example.org'],
    ...more,
  });
const erp = (messages: number): MailRow => ({
  ...{ source: 'as:64900 Hoster', messages, days: [-9, 0] as const },
  spf: ['pass erp.example'],
});
const gate = (rows: readonly MailRow[], id: string, policy: MailSpec['policy'] = {}) =>
  judged({ mail: { rows, policy } }).verdict.gates.find((one) => one.id === id);

describe('a failure more makes nothing else look smaller', () => {
  // 989 passing and 10 unknown messages are just above 1%; a failing one is no reason to call it 1%.
  const passing = [workspace(33, { days: [-29, -1] }), workspace(32, { on: [0] })];

  test('not the part of mail without a class', () => {
    const before = gate([...passing, erp(1)], 'classes');
    const after = gate([...passing, erp(1), failing(5)], 'classes');
    expect(before).toMatchObject({ state: 'not-met', value: 10 / 999 });
    expect(after).toMatchObject({ state: 'not-met', value: 10 / 999 });
  });

  test('not the loss by forwarding', () => {
    const lost: MailRow = {
      ...{ source: 'as:64801 University', messages: 1, days: [-9, 0] },
      ...{ dkim: ['fail example.org google'], spf: ['fail example.org'] },
    };
    const before = gate([...passing, lost], 'forwarding-loss');
    expect(before).toMatchObject({ state: 'not-met', value: 10 / 989 });
    expect(gate([...passing, lost, failing(20)], 'forwarding-loss')).toMatchObject({
      ...{ state: 'not-met', value: 10 / 989 },
    });
  });

  test('not the reports that are missing', () => {
    const gaps = [workspace(40, { days: [-89, -30] }), workspace(40, { days: [-22, 0] })];
    const filled = Array.from({ length: 7 }, (_, index) => failing(1, { on: [-29 + index] }));
    expect(gate(gaps, 'coverage')).toMatchObject({ state: 'not-met' });
    expect(gate([...gaps, ...filled], 'coverage')).toEqual(gate(gaps, 'coverage'));
  });
});

describe('the policy after a step', () => {
  test.each([
    [29, 'not-met', 29],
    [30, 'met', 30],
  ])('%d days of reports at quarantine: %s', (days, state, value) => {
    const policy = [{ p: 'none' as const }, { since: 1 - days, p: 'quarantine' as const }];
    expect(gate([workspace()], 'time-at-policy', policy)).toMatchObject({ state, value });
  });
});

describe('coverage', () => {
  const every = (step: number): number[] =>
    Array.from({ length: 90 }, (_, index) => -index).filter((day) => day % step === 0);

  test.each([
    [2, 3, 'met'],
    [7, 13, 'met'],
    [7, 15, 'not-met'],
  ])('a report every %d days, the newest %d days old: %s', (step, age, state) => {
    const on = every(step)
      .map((day) => day - age)
      .filter((day) => day >= -89);
    expect(gate([workspace(40, { on })], 'coverage')).toMatchObject({ state });
  });
});
