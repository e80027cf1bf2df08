import { describe, expect, test } from 'vitest';
import type { StoreResponse } from '../../../server/api/contract-store.ts';
import { retriedWords } from '../../../web/words/retry-words.ts';
import {
  keepWords,
  letGoneWords,
  sizeWords,
  verifiedWords,
} from '../../../web/words/store-words.ts';

const store = (changes: Partial<StoreResponse>): StoreResponse => ({
  ...{ bytes: 2_400_000, freeBytes: 0, reports: 1, forgottenReports: 0, kept: 3 },
  keepDays: { xml: 730, refused: 1, otherMail: null },
  ...{ letGone: null, verified: null, verifyingSinceSeconds: null, verifyProblem: null },
  ...{ backup: null, toDo: [] },
  ...changes,
});

describe('the store', () => {
  test('tells its size, what of it is free, and what was forgotten', () => {
    expect(sizeWords(store({}))).toBe('2.4 MB; 1 report.');
    expect(sizeWords(store({ freeBytes: 1_000_000, reports: 12, forgottenReports: 4 }))).toBe(
      '2.4 MB, 1.0 MB of it free for what comes; 12 reports, and 4 more forgotten, as asked.',
    );
  });

  test('tells for how many days each thing is kept, or for good', () => {
    expect(keepWords(store({}))).toBe(
      'Records for good. XML of reports for 730 days, of what could not be read for 1 day: ' +
        '3 documents now. Lines of the ledger about mail that was no report for good.',
    );
  });

  test.each([
    [{ xml: 0, refused: 0, otherMail: 0 }, 'nothing was old enough to go'],
    [{ xml: 1, refused: 0, otherMail: 0 }, 'XML of 1 report went'],
    [
      { xml: 2, refused: 3, otherMail: 1 },
      'XML of 2 reports, XML of 3 refused documents, 1 line of the ledger went',
    ],
  ])('that let go %j says so', (letGone, words) => {
    expect(letGoneWords({ endedSeconds: 0, ...letGone })).toBe(words);
  });

  test('that was verified says of how many reports the XML was there', () => {
    const verified = { endedSeconds: 0, reports: 5, withoutBytes: 0, findings: [] };
    expect(verifiedWords(verified)).toBe(
      'All is as it was read, 5 reports compared with their XML.',
    );
    expect(verifiedWords({ ...verified, withoutBytes: 4 })).toBe(
      'All is as it was read, 1 report compared with its XML. Of 4 reports the XML is no longer kept; ' +
        'their sums were compared.',
    );
    const finding = { what: 'sums differ', count: 1, advice: 'Restore a backup.' };
    expect(verifiedWords({ ...verified, findings: [finding] })).toBe('Not all is as it was read.');
  });
});

describe('what was tried again', () => {
  test('of one part tells what came of it, and why', () => {
    const [part, reason] = ['a.zip', 'truncated'];
    expect(retriedWords([{ part, outcome: 'counted', reason }])).toBe(
      'read this time, and counted.',
    );
    expect(retriedWords([{ part, outcome: 'refused-again', reason }])).toContain(
      'refused again. The end is missing',
    );
  });

  test.each(['another-version', 'known-before', 'no-report'] as const)(
    'never says that it counts where it does not: %s',
    (outcome) => {
      const words = retriedWords([{ part: 'a.zip', outcome, reason: 'truncated' }]);
      expect(words).toMatch(/^read this time: /);
      expect(words).not.toContain('and counted');
    },
  );

  test('of several parts names each', () => {
    const words = retriedWords([
      { part: 'a.zip', outcome: 'counted', reason: '' },
      { part: 'b.zip', outcome: 'import-again', reason: '' },
    ]);
    expect(words).toMatch(/^a\.zip: .* b\.zip: nothing of it was kept/);
  });
});
