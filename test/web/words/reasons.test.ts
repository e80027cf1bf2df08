import { expect, test } from 'vitest';
import type { NotReportReason, RefusedReason } from '../../../ingest/problem.ts';
import type { RowProblem, Warning } from '../../../ingest/report.ts';
import type { LedgerQuery } from '../../../server/api/contract-ledger.ts';
import {
  NOT_REPORT_REASONS,
  OUTCOME_WORDS,
  REFUSED_REASONS,
  outcomeLabel,
  wordsForReason,
} from '../../../web/words/reasons.ts';
import {
  ROW_PROBLEMS,
  WARNINGS,
  wordsForOverride,
  wordsForRowProblem,
  wordsForWarning,
} from '../../../web/words/report-words.ts';

// The compiler refuses these lists when a reason is added to or taken from the vocabulary.
const refused: Record<RefusedReason, true> = {
  oversized: true,
  'header-size': true,
  'mime-parts': true,
  'mime-depth': true,
  'transfer-encoding': true,
  'too-many-attachments': true,
  'fetch-failed': true,
  crashed: true,
  'timed-out': true,
  'inflated-limit': true,
  'size-mismatch': true,
  'too-many-entries': true,
  overlap: true,
  nesting: true,
  encrypted: true,
  'unsupported-method': true,
  'unsupported-container': true,
  checksum: true,
  truncated: true,
  'zip-structure': true,
  inconsistent: true,
  doctype: true,
  encoding: true,
  malformed: true,
  depth: true,
  'tag-size': true,
  'text-limit': true,
  'head-limit': true,
  'record-limit': true,
  'profile-limit': true,
  'bad-dates': true,
  'no-content': true,
};
const notReports: Record<NotReportReason, true> = {
  'ordinary-mail': true,
  'failure-report': true,
  'tls-report': true,
  empty: true,
  'not-xml': true,
  'other-xml': true,
  'no-report-inside': true,
};
const warnings: Record<Warning, true> = {
  'address-not-global': true,
  'bare-ampersand': true,
  'control-characters-removed': true,
  'date-float': true,
  'date-unreadable': true,
  'date-before-2012': true,
  'date-span-long': true,
  'dkim-results-dropped': true,
  'domain-invalid': true,
  'element-repeated': true,
  'encoding-repaired': true,
  'foreign-wrapper': true,
  'id-missing': true,
  'identifiers-missing': true,
  'inconsistent-evaluation': true,
  'org-missing': true,
  'policy-invalid': true,
  'policy-missing': true,
  'raw-angle-bracket': true,
  'rows-refused': true,
  'rows-none': true,
  'trailing-bytes': true,
  'unstated-evaluation': true,
  'unknown-value': true,
};
const rowProblems: Record<RowProblem, true> = {
  'count-missing': true,
  'count-invalid': true,
  'count-too-large': true,
  'address-missing': true,
  'address-invalid': true,
  ambiguous: true,
  'record-too-large': true,
};
const outcomes: Record<NonNullable<LedgerQuery['outcome']>, true> = {
  stored: true,
  duplicate: true,
  conflict: true,
  'not-a-report': true,
  refused: true,
  pending: true,
  unresolved: true,
  'set-aside': true,
};

const lists: [name: string, words: object, names: object][] = [
  ['reason why a document was refused', REFUSED_REASONS, refused],
  ['reason why mail is no report', NOT_REPORT_REASONS, notReports],
  ['warning about a report', WARNINGS, warnings],
  ['reason why a row was refused', ROW_PROBLEMS, rowProblems],
  ['outcome in the ledger', OUTCOME_WORDS, outcomes],
];
test.each(lists)('every %s has its words, and no words are left over', (_, words, names) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(names).sort());
});

test('every sentence about a reason ends as a sentence', () => {
  const sentences = [...Object.values(WARNINGS), ...Object.values(ROW_PROBLEMS)];
  for (const reason of [...Object.values(REFUSED_REASONS), ...Object.values(NOT_REPORT_REASONS)]) {
    sentences.push(reason.meaning, ...(reason.advice === null ? [] : [reason.advice]));
  }
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z<].*\.$/);
});

test('a name that this page does not know is shown as it is', () => {
  expect(wordsForReason('brand-new')).toEqual({ meaning: 'brand-new', advice: null });
  expect(outcomeLabel('brand-new')).toBe('brand-new');
  expect(wordsForWarning('brand-new')).toBe('brand-new');
  expect(wordsForRowProblem('brand-new')).toBe('brand-new');
  expect(wordsForOverride('brand-new')).toBe('brand-new');
  expect(wordsForOverride(null)).toBe('reason not stated');
});
