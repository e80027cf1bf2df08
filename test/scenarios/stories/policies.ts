import { KEEP, type Scenario, workspace } from '../scenario.ts';

export const policies: readonly Scenario[] = [
  {
    name: 'null policy tags in all reports',
    why: 'RFC 9989 §4.10.1: a missing p reads as none where rua is valid, and these reports came.',
    mail: { rows: [workspace()], policy: { p: null, sp: null, pct: null } },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
  {
    name: 'quarantine with pct=0',
    why: 'product.md §4: pct below 100 counts as the lower rung; removing it is a step of its own with its own gates.',
    mail: { rows: [workspace()], policy: { p: 'quarantine', pct: 0 } },
    dns: { dmarc: ['v=DMARC1; p=quarantine; pct=0; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      gates: { 'testing-honoured': 'met' },
    },
  },
  {
    name: 'quarantine with pct=50 since a week',
    why: 'product.md §4: the policy in force is (p, pct, t): another pct starts the clock anew.',
    mail: {
      rows: [workspace()],
      policy: [
        { p: 'quarantine', pct: 0 },
        { since: -6, p: 'quarantine', pct: 50 },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, earliest: 23 },
      gates: { 'time-at-policy': 'not-met' },
      says: ['p=quarantine; pct=50'],
    },
  },
  {
    name: 'p=none with pct=50 taken out first',
    why: 'RFC 9989: pct is historic and must not ramp the next step; product.md §4: one thing at a time.',
    mail: { rows: [workspace()], policy: { p: 'none', pct: 50 } },
    dns: { dmarc: ['v=DMARC1; p=none; pct=50; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=none; rua=mailto:dmarc@example.org' },
      says: ['as the step before p=quarantine'],
    },
  },
  {
    name: 't=y at quarantine, with receivers seen honouring it',
    why: 'RFC 9989: t=y asks for one level lower; product.md §4: the share of receivers seen honouring it is told.',
    mail: {
      rows: [
        workspace(1_000),
        workspace(2, {
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
          reasons: ['policy_test_mode'],
          reporters: ['google.com'],
        }),
      ],
      policy: { p: 'quarantine', testing: true, pct: null },
    },
    dns: { dmarc: ['v=DMARC1; p=quarantine; t=y; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      says: ['Receivers of 60% of the mail were seen honouring t=y', 'google.com'],
    },
  },
  {
    name: 't=y at reject counts as quarantine',
    why: 'RFC 9989: t=y is one level lower; taking it out has the gates of quarantine to reject.',
    mail: { rows: [workspace()], policy: { p: 'reject', testing: true, pct: null } },
    dns: { dmarc: ['v=DMARC1; p=reject; t=y; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org' },
      gates: { 'after-step': 'met', 'dkim-carries': 'met' },
      says: ['No receiver was seen honouring t=y'],
    },
  },
  {
    name: 'a broken reporter that shows an old policy for ever',
    why: 'product.md §4: the majority of messages in each operator’s newest report decides, and the other is named.',
    mail: {
      rows: [workspace()],
      policy: [{ p: 'none' }, { since: -60, p: 'quarantine' }],
      reporters: [
        { org: 'google.com', email: 'noreply-dmarc-support@google.com', share: 6 },
        { org: 'Outlook.com', email: 'dmarcreport@microsoft.com', share: 4 },
        { org: 'old.example', email: 'dmarc@old.example', share: 1, policy: { p: 'none' } },
      ],
    },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org' },
      says: ['Another policy stands in the newest report of old.example (p=none)'],
    },
  },
  {
    name: 'DNS publishes a policy that no report shows yet',
    why: 'product.md §4: the policy in force is told together with what DNS says today; a month of reports is to follow.',
    mail: { rows: [workspace()] },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, earliest: 30 },
      gates: { 'time-at-policy': 'not-met' },
      says: ['DNS publishes p=quarantine now'],
    },
  },
  {
    name: 'strict alignment, met by nothing but the exact name',
    why: 'RFC 9989 §4.4: strict alignment wants the same name; what reporters counted stands.',
    mail: {
      rows: [workspace(100, { dkim: ['pass mail.example.org google'], spf: ['pass example.org'] })],
      policy: { adkim: 'strict', aspf: 'strict' },
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; adkim=s; aspf=s; ${KEEP}` },
    },
  },
];
