import { describe, expect, test } from 'vitest';
import type { PolicyResponse } from '../../../server/api/contract-base.ts';
import type { MailboxResponse, MailboxState, RunSummary } from '../../../server/api/contract.ts';
import { importSentence, readingSentence } from '../../../web/words/import-words.ts';
import {
  mailboxLine,
  mailboxName,
  progressWords,
  stateWords,
} from '../../../web/words/mailbox-words.ts';
import { policyDetails, policyLabel, policySentence } from '../../../web/words/policy-words.ts';

const policy = (changes: Partial<PolicyResponse>): PolicyResponse => ({
  domain: 'example.org',
  p: 'none',
  sp: null,
  np: null,
  adkim: null,
  aspf: null,
  pct: null,
  fo: null,
  testing: null,
  discoveryMethod: null,
  ...changes,
});

describe('the published policy', () => {
  test('is told by what it asks of receivers', () => {
    expect(policySentence(policy({ p: 'reject' }))).toBe(
      'p=reject asks receivers to refuse mail that is not aligned.',
    );
  });
  test('that is not stated is not taken for none', () => {
    expect(policySentence(policy({ p: null }))).toContain('do not say');
    expect(policyLabel(policy({ p: null }))).toBe('–');
    expect(policyLabel(null)).toBe('–');
  });
  test('in test mode says that receivers act one level lower', () => {
    expect(policySentence(policy({ p: 'quarantine', testing: true }))).toContain('one level lower');
  });
  test('for a share of the mail names the share, and pct=100 is not worth a word', () => {
    expect(policySentence(policy({ p: 'reject', pct: 20 }))).toContain('pct=20');
    expect(policySentence(policy({ p: 'reject', pct: 100 }))).not.toContain('pct');
  });
  test('lists only tags that were stated, pct=0 and t=n among them', () => {
    const tags = policyDetails(policy({ pct: 0, testing: false, adkim: 'strict' }));
    expect(tags.map(({ tag, value }) => `${tag}=${value}`)).toEqual([
      'p=none',
      'adkim=strict',
      'pct=0',
      't=n',
    ]);
  });
});

const state = (changes: Partial<MailboxState>): MailboxState => ({
  state: 'up-to-date',
  problem: null,
  sinceSeconds: 0,
  lastLookSeconds: null,
  nextLookSeconds: null,
  progress: null,
  ...changes,
});
const mailbox = (changes: Partial<MailboxResponse>): MailboxResponse => ({
  id: 1,
  origin: 'stored',
  user: 'postmaster@example.org',
  host: 'imap.example.org',
  port: 993,
  security: 'tls',
  folder: 'INBOX',
  status: null,
  counts: {
    messages: 1242,
    pending: 0,
    unresolved: 0,
    setAside: 0,
    stored: 1204,
    duplicate: 0,
    conflict: 0,
    refused: 0,
    notReport: 38,
    letGo: 0,
  },
  after: {
    choice: { kind: 'leave' },
    marked: 0,
    moved: 0,
    deleted: 0,
    leftAlone: 0,
    problem: null,
  },
  ...changes,
});

describe('a mailbox', () => {
  test('is told in one line', () => {
    expect(mailboxLine(mailbox({}), state({}))).toBe(
      'up to date, 1\u202f204 reports, 38 other messages left alone',
    );
  });
  test('names its folder where that is not the inbox, and files are called files', () => {
    expect(mailboxName(mailbox({}))).toBe('postmaster@example.org');
    expect(mailboxName(mailbox({ folder: 'DMARC' }))).toBe('postmaster@example.org, DMARC');
    expect(mailboxName(mailbox({ origin: 'files', user: '' }))).toBe('Files');
  });
  test('that waits after a failure says so', () => {
    const problem = { code: 'x', message: 'm', advice: 'a' };
    expect(stateWords(state({ state: 'waiting' }))).toBe('waiting for the next look');
    expect(stateWords(state({ state: 'waiting', problem }))).toBe('waiting to try again');
  });
});

describe('progress', () => {
  const progress = { seen: 812, total: 1204, reports: 31, perSecond: 410.2, secondsLeft: 1 };
  test('tells how much, how fast and how long', () => {
    expect(progressWords(progress)).toBe(
      '812 of 1\u202f204 messages · 31 reports · 410 a second · 1 s left',
    );
  });
  test('leaves out a rate and a time that are not known', () => {
    expect(progressWords({ ...progress, perSecond: 0, secondsLeft: null })).toBe(
      '812 of 1\u202f204 messages · 31 reports',
    );
  });
  test('has no time left when all is seen', () => {
    expect(progressWords({ ...progress, seen: 1204, perSecond: 2.25 })).toBe(
      '1\u202f204 of 1\u202f204 messages · 31 reports · 2.3 a second',
    );
  });
});

describe('what a file brought', () => {
  const summary: RunSummary = {
    mails: 0,
    documents: 3,
    stored: 1,
    duplicates: 0,
    conflicts: 0,
    refused: 0,
    notReports: 0,
    records: 4,
    refusedRows: 0,
    messages: 12,
    warnings: {},
    seconds: 0.1,
    problems: [],
  };
  test('is told with its messages', () => {
    expect(importSentence(summary)).toBe('1 new report about 12 messages.');
  });
  test('names what was there already, refused, or no report', () => {
    const mixed = { ...summary, stored: 0, duplicates: 2, conflicts: 1, refused: 3, notReports: 4 };
    expect(importSentence(mixed)).toBe(
      'No new report; 2 there already; 1 other version; 3 refused; 4 not a report.',
    );
  });
  test('is told while it is read, with a total only where that is known', () => {
    expect(readingSentence(3, 12)).toBe('reading, 3 of 12 messages');
    expect(readingSentence(1, null)).toBe('reading, 1 message so far');
  });
});
