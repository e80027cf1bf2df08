import { dayOf, type Scenario, workspace } from '../scenario.ts';

const quarantine = { dmarc: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org; fo=1'] };
const byKey = {
  source: 'service:sendgrid',
  dkim: ['pass example.org s1'],
  spf: ['pass u1.wl.sendgrid.net'],
};

export const steps: readonly Scenario[] = [
  {
    name: 'quarantine to reject, with the record from DNS',
    why: 'product.md §4: the target record is complete where today’s was read, and keeps the other tags.',
    mail: { rows: [workspace()], policy: { p: 'quarantine' } },
    dns: quarantine,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org; fo=1' },
      gates: { 'after-step': 'met', 'dkim-carries': 'met', dns: 'met' },
    },
  },
  {
    name: 'a step with a long TTL',
    why: 'product.md §4: the target record comes with the TTL to lower first and the time to wait.',
    mail: { rows: [workspace()] },
    dns: { ttlSeconds: 86_400 },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      says: ['First lower the TTL of _dmarc.example.org from 86400 to 3600 seconds'],
    },
  },
  {
    name: 'a sender that passes by SPF alone, towards quarantine',
    why: 'product.md §4, DKIM carries it: told, not required for quarantine.',
    mail: {
      rows: [
        workspace(),
        {
          source: 'spf:example.org Web server',
          messages: 40,
          days: [-89, 0],
          spf: ['pass example.org'],
        },
      ],
    },
    dns: {},
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org' },
      says: ['pass by SPF alone. Told, not required'],
    },
  },
  {
    name: 'a sender that passes by SPF alone, towards reject',
    why: 'RFC 9989: reject must not rest on SPF alone; product.md §4: at most 5% of any own source.',
    mail: {
      rows: [
        workspace(20_000),
        {
          source: 'spf:example.org Web server',
          messages: 40,
          days: [-89, 0],
          spf: ['pass example.org'],
        },
      ],
      policy: { p: 'quarantine' },
    },
    dns: quarantine,
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null },
      gates: { 'dkim-carries': 'not-met', 'own-aligned': 'met' },
    },
  },
  {
    name: 'eleven days at quarantine',
    why: 'product.md §4: 30 days at quarantine; the clock starts at the last report that shows another policy.',
    mail: { rows: [workspace()], policy: [{ p: 'none' }, { since: -10, p: 'quarantine' }] },
    dns: quarantine,
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, earliest: 19 },
      gates: { 'time-at-policy': 'not-met' },
      says: ['11 of 30 days', 'Reports show p=quarantine since 2026-06-20, and p=none before'],
    },
  },
  {
    name: 'more own mail fails since the step',
    why: 'product.md §4, after the last step: the failure rate after it not above the one before (two proportions, 95%).',
    mail: {
      rows: [
        workspace(1_000),
        workspace(3, {
          days: [-28, 0],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
          disposition: 'none',
        }),
      ],
      policy: [{ p: 'none' }, { since: -35, p: 'quarantine' }],
    },
    dns: quarantine,
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      gates: { 'after-step': 'not-met', 'own-aligned': 'met' },
      says: ['more than chance explains'],
    },
  },
  {
    name: 'as much own mail fails since the step as before',
    why: 'product.md §4, after the last step: what failed before as well is no harm of the step.',
    mail: {
      rows: [
        workspace(1_000),
        workspace(2, {
          days: [-89, 0],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
          disposition: 'none',
        }),
      ],
      policy: [{ p: 'none' }, { since: -35, p: 'quarantine' }],
    },
    dns: quarantine,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org; fo=1' },
      gates: { 'after-step': 'met' },
    },
  },
  {
    name: 'failures on the day of the change and the two after',
    why: 'RFC 9990: a report may hold dispositions of two policies; product.md §4 leaves three days out of comparisons.',
    mail: {
      rows: [
        workspace(1_000),
        workspace(20, {
          days: [-33, -31],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
        }),
      ],
      policy: [{ p: 'none' }, { since: -33, p: 'quarantine' }],
    },
    dns: quarantine,
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org; fo=1' },
    },
  },
  {
    name: 'own mail let through by a receiver’s override',
    why: 'product.md §4: mail let through by an override stays a failure, or a step’s harm hides behind the step.',
    mail: {
      rows: [
        workspace(1_000),
        workspace(30, {
          source: 'service:sendgrid',
          days: [-89, 0],
          dkim: ['fail example.org s1'],
          spf: ['pass u1.wl.sendgrid.net'],
          reasons: ['local_policy known sender'],
        }),
        { ...byKey, messages: 30, days: [-89, 0] },
      ],
      policy: { p: 'quarantine' },
    },
    dns: quarantine,
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:sendgrid#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'at reject, all gates met',
    why: 'product.md §4: at reject the gates only watch: stay, or go back.',
    mail: { rows: [workspace()], policy: { p: 'reject' } },
    dns: { dmarc: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.org'] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, earliest: null },
      says: ['nothing stricter exists'],
    },
  },
  {
    name: 'at reject, with a source that needs work',
    why: 'product.md §4: at reject the gates only watch, and still name what is wrong.',
    mail: {
      rows: [
        workspace(1_000),
        { ...byKey, messages: 30, days: [-89, 0] },
        {
          ...byKey,
          dkim: ['fail example.org s1'],
          messages: 3,
          days: [-89, 0],
          reasons: ['local_policy known sender'],
        },
      ],
      policy: { p: 'reject' },
    },
    dns: { dmarc: ['v=DMARC1; p=reject; rua=mailto:dmarc@example.org'] },
    expect: { verdict: 'stay', blockers: ['service:sendgrid#own'], record: null, earliest: null },
  },
  {
    name: 'the next step at reject’s stricter bounds',
    why: 'product.md §4: 98% suffices for quarantine, 99.5% is wanted for reject.',
    mail: {
      rows: [
        workspace(990, { days: [-89, 0] }),
        workspace(10, {
          days: [-89, 0],
          dkim: ['fail example.org google'],
          spf: ['softfail example.org'],
          disposition: 'none',
        }),
      ],
      policy: { p: 'quarantine' },
    },
    dns: quarantine,
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      gates: { 'own-aligned': 'not-met' },
    },
  },
  {
    name: 'a gate accepted by name, which is printed so',
    why: 'product.md §4: a gate may be accepted by a named user, with date, reason and expiry.',
    mail: {
      rows: [
        workspace(20_000),
        {
          source: 'spf:example.org Web server',
          messages: 40,
          days: [-89, 0],
          spf: ['pass example.org'],
        },
      ],
      policy: { p: 'quarantine' },
    },
    dns: quarantine,
    words: {
      waivers: [
        {
          gate: 'dkim-carries',
          by: 'Ines',
          day: dayOf(-2),
          untilDay: dayOf(20),
          reason: 'The form is replaced in July.',
        },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.org; fo=1' },
      gates: { 'dkim-carries': 'accepted' },
      says: ['dkim-carries by Ines', 'The form is replaced in July.'],
    },
  },
];
