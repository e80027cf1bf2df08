import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WhatIf } from '../../../server/analysis/what-if-types.ts';
import type { MailRow } from './mail/story.ts';
import { mailOf } from './mail-of.ts';
import { ask } from './what-if-asked.ts';

const domains = ['example.org', 'news.example.org', 'esp.example', '-'];
const results = ['pass', 'fail', 'none', 'temperror', '-'];
const said = (more: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...results), fc.constantFrom(...domains), fc.constantFrom(...more))
    .map((words) => words.join(' ').trim());
const row: fc.Arbitrary<MailRow> = fc.record({
  source: fc.constantFrom('as:64500', 'as:64501', 'spf:mail.vendor.example', 'service:google'),
  messages: fc.integer({ min: 1, max: 50 }),
  days: fc.tuple(fc.integer({ min: -35, max: -25 }), fc.integer({ min: -25, max: 0 })),
  from: fc.constantFrom('example.org', 'news.example.org', 'shop.example.org'),
  dkim: fc.array(said(['s1', 's2', '-']), { maxLength: 3 }),
  spf: fc.array(said(['', 'helo']), { maxLength: 2 }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 8 });
const classes = { 'as:64500': 'unauthorised', 'as:64501': 'unknown' } as const;
const failingOf = ({ sources }: WhatIf): number => sum(sources.map(({ failing }) => failing));
const hitOf = ({ sources }: WhatIf): number =>
  sum(sources.map(({ quarantined, rejected }) => quarantined + rejected));
const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);

test('sources, classes and weeks add up to the messages of the window', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const mail = mailOf({ rows: some });
      const found = ask({ rows: some }, { sp: 'quarantine' }, { classes });
      const total = sum(
        mail.streams.flatMap(({ days, messages }) =>
          messages.filter((_, index) => (days[index] ?? 0) >= mail.at - 29),
        ),
      );
      for (const part of ['sources', 'classes', 'weeks'] as const) {
        expect(sum(found[part].map(({ messages }) => messages))).toBe(total);
        for (const hit of ['quarantined', 'rejected'] as const)
          expect(sum(found[part].map((one) => one[hit]))).toBe(
            sum(found.sources.map((one) => one[hit])),
          );
      }
    }),
    { numRuns: 60 },
  );
});

test('nothing that is made stricter lets more through', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const spec = { rows: some };
      const relaxed = ask(spec);
      for (const aspf of ['relaxed', 'strict'] as const)
        expect(failingOf(ask(spec, { aspf, adkim: 'strict' }))).toBeGreaterThanOrEqual(
          failingOf(relaxed),
        );
      expect(hitOf(ask(spec, { p: 'none' }))).toBe(0);
      expect(hitOf(ask(spec, { p: 'none', sp: 'quarantine' }))).toBeLessThanOrEqual(hitOf(relaxed));
      expect(hitOf(relaxed)).toBe(failingOf(relaxed));
    }),
    { numRuns: 60 },
  );
});
