import { expect, test } from 'vitest';
import type { ChangeResponse } from '../../../server/api/contract-changes.ts';
import type { MailClassName } from '../../../server/api/contract-sources.ts';
import type { WhatIfResponse } from '../../../server/api/contract-what-if.ts';
import { byDay, CHANGE_KINDS } from '../../../web/words/change-words.ts';
import {
  CLASS_CHOICES,
  CLASS_GROUPS,
  CLASS_WORDS,
  KIND_WORDS,
  reasonsOf,
} from '../../../web/words/class-words.ts';
import { DIFFERENCES } from '../../../web/words/what-if-words.ts';

// The compiler refuses this list when a class is added or taken away.
const classes: Record<MailClassName, true> = {
  own: true,
  forwarder: true,
  unauthorised: true,
  unknown: true,
};

test('every class is a group of the page, once', () => {
  expect(CLASS_GROUPS.map((group) => group.class).sort()).toEqual(Object.keys(classes).sort());
});

test('every class can be said but that one does not know', () => {
  const sayable = CLASS_CHOICES.map((choice) => choice.class);
  expect([...sayable, 'unknown'].sort()).toEqual(Object.keys(classes).sort());
});

test('classes, kinds and differences have words of their own', () => {
  for (const words of [
    Object.values(CLASS_WORDS).map(({ label }) => label),
    Object.values(
      DIFFERENCES satisfies Record<WhatIfResponse['differences'][number]['kind'], string>,
    ),
    Object.values(CHANGE_KINDS),
  ]) {
    expect(new Set(words).size).toBe(words.length);
  }
  expect(Object.values(KIND_WORDS).every((word) => word !== '')).toBe(true);
});

const change = (day: string, label: string): ChangeResponse => ({
  day,
  label,
  kind: 'dns',
  text: `${label}.`,
  source: null,
});

test('changes of one day are one mark, and days ascend', () => {
  const days = byDay([
    change('2026-11-05', 'SPF changed'),
    change('2026-11-03', 'MX changed'),
    change('2026-11-05', 'DKIM starts'),
  ]);
  expect(days).toEqual([
    { day: '2026-11-03', label: 'MX changed', texts: ['MX changed.'] },
    { day: '2026-11-05', label: '2 changes', texts: ['SPF changed.', 'DKIM starts.'] },
  ]);
});

test('a reason names its messages once, and one without any is left out beside others', () => {
  const evidence = [
    { rule: 'a', text: 'Signed as you on 412 messages.', messages: 412 },
    { rule: 'b', text: 'It is your own address.', messages: 1200 },
    { rule: 'c', text: 'Signed for you on 0 messages.', messages: 0 },
  ];
  expect(reasonsOf({ evidence })).toEqual([
    'Signed as you on 412 messages.',
    'It is your own address. (1\u202f200 messages)',
  ]);
  expect(reasonsOf({ evidence: evidence.slice(2) })).toHaveLength(1);
});
