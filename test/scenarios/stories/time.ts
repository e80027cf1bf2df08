import { dayOf, KEEP, type Scenario, WORKDAYS, workspace } from '../scenario.ts';

export const time: readonly Scenario[] = [
  {
    name: 'reports for three weeks',
    why: 'RFC 9989 on list users and product.md §4: a month of reports before enforcement.',
    mail: { rows: [workspace(100, { days: [-20, 0] })] },
    expect: {
      verdict: 'stay',
      ...{ blockers: [], record: null, earliest: 9 },
      gates: { 'time-at-policy': 'not-met' },
      says: ['21 of 30 days'],
    },
  },
  {
    name: 'a weekday-only sender',
    why: 'product.md §4: coverage asks for the days on which the rhythm expects reports; weekends are none.',
    mail: { rows: [workspace(50, { weekdays: WORKDAYS })] },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      gates: { coverage: 'met' },
      says: ['on 100% of the days'],
    },
  },
  {
    name: 'a monthly payroll not yet seen at this policy',
    why: 'product.md §4, rhythm: a full turn of every own source is to be seen before the next step.',
    mail: {
      rows: [
        workspace(400),
        {
          source: 'spf:example.org Payroll',
          messages: 300,
          on: [-83, -53],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
      policy: [{ p: 'none' }, { since: -31, p: 'quarantine' }],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null },
      gates: { rhythm: 'not-met', 'time-at-policy': 'met' },
      says: ['Payroll', 'last seen on 2026-05-08'],
    },
  },
  {
    name: 'a payroll seen once, 32 days of reports',
    why: 'product.md §3, rhythm: seen once, it is taken as monthly, 35 days.',
    mail: {
      rows: [
        workspace(400, { days: [-31, 0] }),
        {
          source: 'spf:example.org Payroll',
          messages: 300,
          on: [-20],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null, earliest: 3 },
      gates: { rhythm: 'not-met' },
    },
  },
  {
    name: 'a monthly payroll seen twice at this policy',
    why: 'product.md §4, rhythm: its turn of 30 days has been seen.',
    mail: {
      rows: [
        workspace(400),
        {
          source: 'spf:example.org Payroll',
          messages: 300,
          on: [-63, -33, -3],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
  {
    name: 'a quarterly mailing by the user’s word, not yet seen at this policy',
    why: 'product.md §3: quarterly and yearly senders count by the user’s word.',
    mail: {
      rows: [
        workspace(400),
        {
          source: 'spf:example.org Reports',
          messages: 100,
          on: [-60],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
      policy: [{ p: 'none' }, { since: -40, p: 'quarantine' }],
    },
    words: { rhythms: [{ sourceId: 'spf:example.org#own', everyDays: 92, by: 'Ines' }] },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null, earliest: 32 },
      gates: { rhythm: 'not-met' },
    },
  },
  {
    name: 'an old server that has ended',
    why: 'product.md §3: a sender without its turn for long is told as last seen, and holds nothing open.',
    mail: {
      rows: [
        workspace(400),
        {
          source: 'spf:example.org Old server',
          messages: 40,
          days: [-89, -40],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
    },
    expect: {
      verdict: 'advance',
      ...{ blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
      says: ['No longer awaited', 'last seen 2026-05-21'],
    },
  },
  {
    name: 'a large source that is five days old',
    why: 'product.md §4, rhythm: no source new in the last 14 days with 1% of own mail or more.',
    mail: {
      rows: [
        workspace(400),
        {
          source: 'spf:example.org Shop',
          messages: 60,
          days: [-4, 0],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null, earliest: 10 },
      gates: { rhythm: 'not-met' },
    },
  },
  {
    name: 'a small source that is five days old',
    why: 'product.md §4, rhythm: below 1% of own mail and without a failure a new source holds nothing open.',
    mail: {
      rows: [
        workspace(2_000),
        {
          source: 'spf:example.org Shop',
          messages: 10,
          days: [-4, 0],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
      ],
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
  {
    name: 'a small new source with one failure',
    why: 'product.md §4, rhythm: any failure of a new source holds the gate open.',
    mail: {
      rows: [
        workspace(2_000),
        {
          source: 'spf:example.org Shop',
          messages: 100,
          days: [-4, 0],
          dkim: ['pass example.org s1'],
          spf: ['pass example.org'],
        },
        {
          source: 'spf:example.org Shop',
          messages: 1,
          on: [-2],
          dkim: ['fail example.org s1'],
          spf: ['softfail example.org'],
        },
      ],
    },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['spf:example.org#own'], record: null, earliest: 10 },
      gates: { rhythm: 'not-met', 'own-aligned': 'met' },
    },
  },
  {
    name: 'a new selector of an old source',
    why: 'product.md §3: a new selector or address is no new source.',
    mail: {
      rows: [
        workspace(400, { days: [-89, -4] }),
        workspace(400, { days: [-3, 0], dkim: ['pass example.org google2'] }),
      ],
    },
    expect: { verdict: 'advance', blockers: [], record: `v=DMARC1; p=quarantine; ${KEEP}` },
  },
  {
    name: 'reports that span weeks count in totals and not in time',
    why: 'product.md §4: reports of more than 48 hours count in totals, not in time, rhythm or coverage.',
    mail: { rows: [workspace(400, { timed: false }), workspace(100, { days: [-9, 0] })] },
    expect: {
      verdict: 'stay',
      ...{ blockers: ['service:google#own'], record: null },
      gates: { 'time-at-policy': 'not-met' },
    },
  },
  {
    name: 'no report for a hundred days',
    why: 'product.md §4, no data: no report in the window and the 60 days before it.',
    mail: { rows: [workspace(100, { days: [-140, -100] })], from: -139 },
    expect: { verdict: 'no-data', blockers: [], record: null, earliest: null },
  },
  {
    name: 'a user’s mark in the future says nothing today',
    why: 'product.md §4: a pure function of data and settings as of the day looked at.',
    mail: { rows: [workspace(100, { days: [-20, 0] })] },
    words: {
      waivers: [
        {
          gate: 'time-at-policy',
          by: 'Ines',
          day: dayOf(2),
          reason: 'Later.',
          untilDay: dayOf(30),
        },
      ],
    },
    expect: { verdict: 'stay', blockers: [], record: null },
  },
];
