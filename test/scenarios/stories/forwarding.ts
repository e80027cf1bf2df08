import type { MailRow } from '../../server/analysis/mail/story.ts';
import { dayOf, KEEP, type Scenario, workspace } from '../scenario.ts';

const list = (messages: number): MailRow => ({
  source: 'as:64800 Lists',
  messages,
  days: [-89, 0],
  dkim: ['fail example.org google'],
  spf: ['pass lists.community.example'],
  reasons: ['mailing_list'],
});
const forwarded = (messages: number): MailRow => ({
  source: 'as:64801 University',
  messages,
  days: [-89, 0],
  dkim: ['fail example.org google'],
  spf: ['fail example.org'],
});
const accepted = {
  waivers: [
    {
      ...{ gate: 'forwarding-loss', by: 'Ines', day: dayOf(-1), untilDay: dayOf(60) },
      reason: '14 a week are bearable.',
    },
  ],
};

export const forwarding: readonly Scenario[] = [
  {
    name: 'list users at p=none',
    why: 'RFC 9989: domains with list users should not publish reject; product.md §4: first quarantine with t=y for 30 days.',
    mail: { rows: [workspace(1_000), list(2)] },
    dns: {},
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; t=y; rua=mailto:dmarc@example.org' },
      says: ['p=quarantine is a good place to stay', 'Begin with p=quarantine; t=y for 30 days'],
    },
  },
  {
    name: 'list users at quarantine',
    why: 'RFC 9989: domains whose users post to lists should not publish reject; product.md §4 offers it as their own choice with its loss a week.',
    mail: { rows: [workspace(1_000), list(2)], policy: { p: 'quarantine' } },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, earliest: null },
      says: ['RFC 9989 tells such domains not to publish p=reject', '14 messages a week'],
    },
  },
  {
    name: 'list users who choose reject all the same',
    why: 'product.md §4: reject is the user’s own choice with its loss a week, accepted by name.',
    mail: { rows: [workspace(1_000), list(2)], policy: { p: 'quarantine' } },
    dns: { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org'] },
    words: accepted,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org' },
    },
  },
  {
    name: 'a forwarder that breaks signatures on 3% of own mail',
    why: 'product.md §4, forwarding loss: forwarded messages that the policy would hit at most 1% of own mail, or accepted.',
    mail: { rows: [workspace(100), forwarded(3)] },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['as:64801#forwarded'], record: null, earliest: 1 },
      gates: { 'forwarding-loss': 'not-met', 'own-aligned': 'met' },
      says: ['21 messages a week'],
    },
  },
  {
    name: 'the same loss, accepted by the user',
    why: 'product.md §4, forwarding loss: or accepted by the user as N a week.',
    mail: { rows: [workspace(100), forwarded(3)] },
    words: accepted,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      gates: { 'forwarding-loss': 'accepted' },
    },
  },
  {
    name: 'forwarded mail whose signature survives',
    why: 'product.md §3: the selector travels: a forwarder, and no loss, because it passes.',
    mail: {
      rows: [
        workspace(100),
        {
          source: 'as:64801 University',
          messages: 9,
          days: [-89, 0],
          dkim: ['pass example.org google'],
          spf: ['fail example.org'],
        },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      classes: { 'as:64801#forwarded': 'forwarder' },
    },
  },
];
