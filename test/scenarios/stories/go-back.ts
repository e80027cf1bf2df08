import { type MailRow } from '../../server/analysis/mail/story.ts';
import { KEEP, type Scenario, spoofing, workspace } from '../scenario.ts';

const broken = (messages: number, more: Partial<MailRow>): MailRow =>
  workspace(messages, {
    dkim: ['fail example.org google'],
    spf: ['softfail example.org'],
    ...more,
  });

export const goBack: readonly Scenario[] = [
  {
    name: 'quarantine that hits own mail',
    why: 'product.md §4, go back: more than 1% of own mail acted on in 7 days, in 3 messages on 2 days, and still going on.',
    mail: { rows: [workspace(), broken(5, { days: [-4, 0] })], policy: { p: 'quarantine' } },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'go-back',
      ...{ blockers: ['service:google#own'], earliest: null },
      record: 'v=DMARC1; p=none; rua=mailto:dmarc@example.org',
      says: ['from Google Workspace', 'since 2026-06-26'],
    },
  },
  {
    name: 'reject that hits own mail',
    why: 'product.md §4, go back: at reject the bound is 0.5%; one rung down is quarantine.',
    mail: { rows: [workspace(500), broken(4, { days: [-4, 0] })], policy: { p: 'reject' } },
    expect: {
      verdict: 'go-back',
      ...{ blockers: ['service:google#own'], record: `v=DMARC1; p=quarantine; ${KEEP}` },
    },
  },
  {
    name: 'the same harm at quarantine is within its bound',
    why: 'product.md §4, go back: 0.8% of own mail is not more than 1%.',
    mail: { rows: [workspace(500), broken(4, { days: [-4, 0] })], policy: { p: 'quarantine' } },
    expect: { verdict: 'stay', blockers: ['service:google#own'], record: null },
  },
  {
    name: 'harm that has ceased',
    why: 'product.md §4, go back: where it has ceased the verdict is stay: fixed, watching until DATE.',
    mail: { rows: [workspace(), broken(30, { days: [-5, -3] })], policy: { p: 'quarantine' } },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      says: ['fixed, watching until 2026-07-04'],
    },
  },
  {
    name: 'harm on one day only',
    why: 'product.md §4, go back: on 2 days at least, so that the verdict does not flap.',
    mail: { rows: [workspace(), broken(40, { on: [-1] })], policy: { p: 'quarantine' } },
    expect: { verdict: 'stay', blockers: ['service:google#own'], record: null },
  },
  {
    name: 'two messages of a personal domain',
    why: 'product.md §4, go back: in 3 messages at least.',
    mail: { rows: [workspace(3), broken(1, { on: [-1, 0] })], policy: { p: 'quarantine' } },
    expect: { verdict: 'stay', blockers: ['service:google#own'], record: null },
  },
  {
    name: 'spoofing is quarantined in masses',
    why: 'product.md §4: unauthorised mail that is acted on is what the policy is for.',
    mail: { rows: [workspace(), ...spoofing(300)], policy: { p: 'quarantine' } },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org' },
    },
  },
  {
    name: 'all own mail is rejected, and none passes',
    why: 'product.md §4, go back: also where nothing else of one’s own is left to compare with.',
    mail: {
      rows: [workspace(100, { days: [-89, -5] }), broken(100, { days: [-4, 0] })],
      policy: { p: 'reject' },
    },
    expect: {
      verdict: 'go-back',
      ...{ blockers: ['service:google#own'], record: `v=DMARC1; p=quarantine; ${KEEP}` },
    },
  },
  {
    name: 'the user has gone back already',
    why: 'product.md §4: the policy in force is told together with what DNS says today; the way back is made.',
    mail: { rows: [workspace(), broken(5, { days: [-4, 0] })], policy: { p: 'quarantine' } },
    dns: { dmarc: ['v=DMARC1; p=none; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      says: ['DNS publishes p=none now'],
    },
  },
  {
    name: 'harm that only a subdomain with its own sp suffers',
    why: 'product.md §4: a verdict is over the mail that the changed tag governs: sp goes back, not p.',
    mail: {
      rows: [
        workspace(),
        broken(5, { days: [-4, 0], from: 'shop.example.org' }),
        workspace(5, { from: 'shop.example.org' }),
      ],
      policy: { p: 'reject', sp: 'quarantine' },
    },
    dns: { dmarc: ['v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'go-back',
      ...{ blockers: ['service:google#own'] },
      record: 'v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@example.org',
    },
  },
];
